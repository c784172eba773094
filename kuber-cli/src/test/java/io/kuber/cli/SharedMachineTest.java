package io.kuber.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.kuber.boot.NodePlace;
import io.kuber.node.network.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A {@code kuber up} without a flag about safety, on a machine that others use too: what one of
 * them can read, connect to and find out, who is not root. Alone on the machine, since it is the
 * node in the usual place.
 */
@Isolated
final class SharedMachineTest {
  /** The user nobody of Debian, who owns nothing. */
  private static final String NOBODY = "65534";

  private static final String WORD = "correct-horse-battery";

  private static final String KEEPER =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: word}
      stringData: {word: %s}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: keeper}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: main
          image: kuber.io/host
          command: [sh, -c, 'cat /word/word > /copied; chmod 4777 /copied; sleep 3600']
          env: [{name: WORD, valueFrom: {secretKeyRef: {name: word, key: word}}}]
          volumeMounts: [{name: word, mountPath: /word}]
          readinessProbe: {exec: {command: [test, -s, /copied]}, periodSeconds: 1}
        volumes: [{name: word, secret: {secretName: word}}]
      """
          .formatted(WORD);

  private static final List<String> OPEN = List.of("/healthz", "/livez", "/readyz", "/version");

  private static final List<String> CLOSED =
      List.of(
          "/",
          "/api",
          "/apis",
          "/openapi/v3",
          "/api/v1/namespaces/default/secrets/word",
          "/api/v1/secrets",
          "/api/v1/nodes",
          "/metrics",
          "/metrics/resource",
          "/debug/pprof/",
          "/logs/",
          "/pods",
          "/stats/summary",
          "/runningpods/",
          "/containerLogs/default/keeper/main",
          "/exec/default/keeper/main?command=id&output=1",
          "/configz");

  private static final long LIMIT_SECONDS = 60;

  @TempDir private Path directory;

  @Test
  void givesNothingToOthersOnTheMachine() throws Exception {
    UpProcess.check();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TestNamespace namespace = TestNamespace.create()) {
      UpProcess cluster = new UpProcess(directory, namespace);
      Process kuber = cluster.start("kuber");
      try {
        Kubectl kubectl = cluster.kubectl();
        UpProcess.awaitReady(kubectl);
        kubectl.doesWith(KEEPER, "apply", "-f", "-");
        kubectl.awaits("ready", "pod/keeper");
        assertNoFileCanBeRead();
        assertNoProcessTells(kuber);
        assertNoPortTells(namespace, kuber);
      } finally {
        UpProcess.end(kuber);
      }
    }
  }

  /** Neither keys, tokens and the log, nor what pods have, nor programs of theirs with rights. */
  private void assertNoFileCanBeRead() throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    Path state = NodePlace.standard().state();
    assertThat(asRoot("find", data.toString(), "-type", "f")).hasSizeGreaterThan(10);
    assertThat(asRoot("grep", "-rlsF", WORD, data.toString())).as("the control").isNotEmpty();
    assertThat(asRoot("find", state.toString(), "-name", "copied", "-perm", "4777")).isNotEmpty();
    for (Path ours : List.of(data, state)) {
      assertThat(asNobody("find", ours.toString(), "-mindepth", "1")).isEmpty();
    }
    // An owner may have made the directory, and left it open.
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(asNobody("find", data.toString(), "-type", "f", "-readable"))
        .isNotEmpty()
        .allMatch(file -> file.endsWith(".crt"));
    assertThat(asRoot("find", data.toString(), "-type", "s")).as("docker.sock").hasSize(1);
    assertThat(asNobody("find", data.toString(), "-type", "s", "-writable")).isEmpty();
  }

  /** What a program was called with is for all to see, and what it has in its environment not. */
  private static void assertNoProcessTells(Process kuber) throws Exception {
    List<ProcessHandle> all = new ArrayList<>(kuber.descendants().toList());
    assertThat(all).as("processes of pods").isNotEmpty();
    all.add(kuber.toHandle());
    for (ProcessHandle each : all) {
      Path proc = Path.of("/proc", String.valueOf(each.pid()));
      assertThat(Files.readString(proc.resolve("cmdline"))).doesNotContain(WORD, "PRIVATE KEY");
      for (String hidden : List.of("environ", "maps", "root/copied", "cwd/copied", "fd/0")) {
        assertThat(asNobody("cat", proc.resolve(hidden).toString())).as(hidden).isEmpty();
      }
    }
  }

  private void assertNoPortTells(TestNamespace namespace, Process kuber) throws Exception {
    Listening listening = Listening.of(kuber.pid());
    // It was made in a closed directory and moved, and the kernel tells where it was made.
    assertThat(listening.unix())
        .as("sockets of the machine")
        .hasSize(1)
        .allMatch(name -> name.startsWith(directory.resolve("data").toString()));
    assertThat(listening.tcp()).extracting(Listening.Port::number).contains(6443, 10_250);
    for (Listening.Port port : listening.tcp()) {
      for (String path : CLOSED) {
        assertThat(namespace.<String>call(() -> Stranger.get(port, path)))
            .as("%s %s", port, path)
            .doesNotContain(" 200 ", WORD);
        assertThat(namespace.<String>call(() -> Stranger.getSecurely(port, path)))
            .as("%s %s over TLS", port, path)
            .doesNotContain(" 200 ", WORD);
      }
    }
    Listening.Port api =
        listening.tcp().stream().filter(port -> port.number() == 6443).findFirst().orElseThrow();
    for (String path : OPEN) {
      assertThat(namespace.<String>call(() -> Stranger.getSecurely(api, path))).contains(" 200 ");
    }
  }

  private static List<String> asNobody(String... command) throws IOException, InterruptedException {
    List<String> other =
        new ArrayList<>(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    other.addAll(List.of(command));
    return asRoot(other.toArray(String[]::new));
  }

  private static List<String> asRoot(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return Splitter.on('\n').omitEmptyStrings().splitToList(said);
  }
}
