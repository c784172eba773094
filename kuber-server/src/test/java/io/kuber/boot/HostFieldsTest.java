package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pods share with their machine, and their containers with each other. */
@Execution(ExecutionMode.CONCURRENT)
final class HostFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static final FieldReader READER = new FieldReader(BENCH);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | net, uts, ipc, pid, mnt, cgroup",
        "'hostNetwork: true'         | ipc, pid, mnt, cgroup",
        "'hostPID: true'             | net, uts, ipc, mnt, cgroup",
        "'hostIPC: true'             | net, uts, pid, mnt, cgroup",
        "'shareProcessNamespace: true' | net, uts, ipc, pid, mnt, cgroup",
      })
  void hasNamespacesOfItsOwnButThoseOfTheMachine(String fields, String own) {
    String read =
        READER.read(
            fields, "", "for n in net uts ipc pid mnt cgroup; do readlink /proc/self/ns/$n; done");
    String[] kinds = {"net", "uts", "ipc", "pid", "mnt", "cgroup"};
    String[] seen = read.split("\n", -1);
    assertThat(seen).hasSameSizeAs(kinds);
    for (int i = 0; i < kinds.length; i++) {
      String kind = kinds[i];
      String ofMachine =
          BENCH.inside(
              () -> Files.readSymbolicLink(Path.of("/proc/thread-self/ns", kind)).toString());
      assertThat(!seen[i].equals(ofMachine))
          .as(kind + " of its own")
          .isEqualTo((own + ",").contains(kind + ","));
    }
  }

  @Test
  void hasTheAddressOfTheMachineInItsNetwork() {
    String name = READER.start("hostNetwork: true", "", "true");
    KubeObject pod = BENCH.awaitPod(name, seen -> NodeBench.phase(seen).equals("Succeeded"));
    assertThat(pod.status().text("podIP")).isEqualTo(pod.status().text("hostIP"));
  }

  @Test
  void seesTheProcessesOfTheMachine() {
    long self = ProcessHandle.current().pid();
    assertThat(READER.read("hostPID: true", "", "test -d /proc/" + self + " && echo seen"))
        .isEqualTo("seen");
  }

  @Test
  void containersThatShareProcessesSeeAndSignalEachOther() {
    BENCH.run(
        """
        metadata: {name: sharing}
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 0
          shareProcessNamespace: true
          containers:
          - name: main
            image: kuber.io/host
            command:
            - sh
            - -c
            - |
              test $$$$ != 1 || exit 1
              while true; do
                for each in /proc/[0-9]*; do
                  if [ "$(tr '\\0' ' ' 2>/dev/null < $each/cmdline)" = 'sleep 4242 ' ]; then
                    kill -TERM ${each#/proc/} && echo signalled
                    exit
                  fi
                done
              done
          - name: other
            image: kuber.io/host
            command: [sleep, "4242"]
        """);
    assertThat(BENCH.awaitOutput("sharing")).isEqualTo("signalled\n");
  }

  @Test
  void containersThatShareNoProcessesSeeOnlyTheirOwn() {
    assertThat(READER.read("", "", "echo $$$$; ls -d /proc/[0-9]*").lines())
        .startsWith("1", "/proc/1")
        .hasSizeLessThan(5);
  }
}
