package io.kuber.cli.docker;

import static io.kuber.cli.docker.DockerMachine.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.docker.DockerMachine.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What containers are, as the books tell it (row numbers of the books). */
final class DockerRunTest {
  @RegisterExtension private final DockerMachine machine = new DockerMachine();

  private void runs(Client client, String name) {
    machine.says(client, "run", "-d", "--name", name, IMAGE, "sleep", "1000");
  }

  private String inside(Client client, String name, String script) {
    return machine.says(client, "exec", name, "sh", "-c", script);
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void containersAreProcessesOfTheMachineWithNamespacesOfTheirOwn(Client client) throws Exception {
    runs(client, "one");
    runs(client, "two");
    String pid = machine.says(client, "inspect", "-f", "{{.State.Pid}}", "one").strip();
    assertThat(Files.readString(Path.of("/proc", pid, "cmdline")))
        .as("CN-02-1: an ordinary process")
        .isEqualTo("sleep\0" + "1000\0");
    assertThat(inside(client, "one", "uname -r").strip())
        .as("CN-02-1: the same kernel")
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    String address = inside(client, "one", "hostname -i").strip();
    String other = inside(client, "two", "hostname -i").strip();
    assertThat(address).as("CN-02-2").startsWith("172.").isNotEqualTo(other);
    inside(client, "one", "echo mine > /mine");
    assertThat(machine.run(client, "exec", "two", "cat", "/mine").code()).as("CN-02-3").isOne();
    assertThat(Path.of("/mine")).as("CN-02-3").doesNotExist();
    assertThat(
            inside(
                client, "one", "cat /proc/1/cmdline | tr '\\0' ' '; ls /proc | grep -c '^[1-9]'"))
        .as("CN-02-4: itself, the shell, and the two of its pipe")
        .isEqualTo("sleep 1000 4\n");
    assertThat(inside(client, "one", "cd /; cd ..; cd ../..; ls | tr '\\n' ' '; ls /mine"))
        .as("CN-02-12")
        .contains("mine ")
        .doesNotContain("work ");
    assertThat(
            machine
                .run(client, "exec", "two", "bash", "-c", "exec 3<>/dev/tcp/" + address + "/9")
                .out())
        .as("CN-02-18: somebody is there, who says no")
        .contains("Connection refused");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void layersStayAsTheyAreWhateverContainersWrite(Client client) {
    runs(client, "one");
    runs(client, "two");
    String before = machine.says(client, "inspect", "-f", "{{.Image}}", "one");
    inside(client, "one", "echo other > /etc/passwd; rm /etc/group; echo made > /made");
    assertThat(inside(client, "two", "head -n 1 /etc/passwd"))
        .as("CN-02-14")
        .startsWith("root:x:0:");
    assertThat(machine.says(client, "run", "--rm", IMAGE, "head", "-n", "1", "/etc/group"))
        .as("CN-02-15: hidden, not gone")
        .isEqualTo("root:x:0:\n");
    assertThat(machine.run(client, "exec", "one", "cat", "/etc/group").code())
        .as("CN-02-15")
        .isOne();
    assertThat(machine.run(client, "exec", "two", "cat", "/made").code()).as("CN-03-25").isOne();
    assertThat(machine.says(client, "inspect", "-f", "{{.Image}}", "two"))
        .as("CN-01-8, CN-02-20")
        .isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void environmentAndArgumentsChangeWhatRuns(Client client) {
    String script = "echo stage $STAGE $0";
    for (String stage : List.of("staging", "production")) {
      assertThat(
              machine.says(
                  client, "run", "--rm", "-e", "STAGE=" + stage, IMAGE, "sh", "-c", script, stage))
          .as("CN-02-5, CN-04-11")
          .isEqualTo("stage " + stage + " " + stage + "\n");
    }
    assertThat(machine.run(client, "run", "--rm", IMAGE, "sh", "-c", "test 1 = 2").code())
        .as("CN-04-14: what a test says")
        .isOne();
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void rootInsideIsNotRootOfTheMachine(Client client) {
    runs(client, "box");
    for (String script :
        List.of(
            "mount -t tmpfs none /mnt",
            "echo b > /proc/sysrq-trigger",
            "echo 1 > /proc/sys/kernel/panic",
            "reboot -f",
            "hostname other",
            "mknod /dev/disk b 8 0 && head -c 1 /dev/disk")) {
      assertThat(machine.run(client, "exec", "box", "sh", "-c", script).code())
          .as("CN-04-4: %s", script)
          .isNotZero();
    }
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void daemonsUnderOneSupervisorAreOneContainer(Client client) {
    String entry = "echo \"workers=$WORKERS\" > /etc/conf; exec sh /daemon";
    String daemon =
        "trap \"echo stopped cleanly; exit 0\" TERM; for i in 1 2 3; do sleep 1000 & done; "
            + "echo ready; while :; do wait; done";
    machine.says(
        client,
        "run",
        "-d",
        "--name",
        "db",
        "-e",
        "WORKERS=3",
        IMAGE,
        "sh",
        "-c",
        "echo '" + daemon + "' > /daemon; " + entry);
    machine.says(client, "exec", "db", "sh", "-c", "until [ $(pgrep -c sleep) = 3 ]; do :; done");
    assertThat(machine.says(client, "top", "db").lines().filter(line -> line.contains("sleep")))
        .as("CN-04-2")
        .hasSize(3);
    assertThat(inside(client, "db", "cat /etc/conf; tr '\\0' ' ' < /proc/1/cmdline"))
        .as("CN-04-12: the daemon is number 1")
        .isEqualTo("workers=3\nsh /daemon ");
    machine.says(client, "stop", "-t", "60", "db");
    assertThat(machine.says(client, "logs", "db")).as("CN-04-12").contains("stopped cleanly");
    assertThat(machine.says(client, "inspect", "-f", "{{.State.ExitCode}}", "db")).isEqualTo("0\n");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void anInitReapsWhatIsLeft(Client client) {
    String orphans =
        "ln -s /bin/sh /orphan; for i in 1 2 3; do"
            + " (/orphan -c 'until [ -e /go ]; do sleep 0.01; done' &); done; exec sleep 1000";
    machine.says(client, "run", "-d", "--init", "--name", "box", IMAGE, "sh", "-c", orphans);
    machine.says(client, "run", "-d", "--name", "bare", IMAGE, "sh", "-c", orphans);
    // As long as it is a shell, number 1 may reap what it waits for.
    inside(client, "bare", "until grep -qx sleep /proc/1/comm; do :; done; touch /go");
    String defunct = "$(grep -l '^State:.Z' /proc/[0-9]*/status | wc -l)";
    inside(client, "bare", "until [ " + defunct + " = 3 ]; do :; done");
    inside(client, "box", "until [ $(pgrep -cx orphan) = 3 ]; do :; done; touch /go");
    inside(client, "box", "until [ $(pgrep -cx orphan) = 0 ]; do :; done"); // CN-04-17
    machine.says(client, "stop", "-t", "60", "box");
    assertThat(machine.says(client, "inspect", "-f", "{{.State.ExitCode}}", "box"))
        .as("what is not number 1 ends by the signal")
        .isEqualTo("143\n");
  }

  @ParameterizedTest
  @MethodSource(DockerMachine.CLIENTS)
  void dozensOfContainersTakeNoMoreThanTheirProcesses(Client client) {
    int dozens = 24;
    for (int i = 0; i < dozens; i++) {
      runs(client, "idle" + i);
    }
    assertThat(machine.says(client, "ps", "-q").lines()).as("CN-01-7").hasSize(dozens);
    String used =
        machine.says(client, "stats", "--no-stream", "--format", "{{.MemUsage}}", "idle7");
    assertThat(used)
        .as("CN-01-7: less than a tenth of a MiB, or a few")
        .matches("(?s)[0-9.]+KiB .*|[0-3](\\.[0-9]+)?MiB .*");
  }
}
