package io.kuber.container.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.Capability;
import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.ContainerStartException;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.container.linux.LinuxMachine.Result;
import io.kuber.node.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinuxContainersTest {
  private LinuxMachine machine;

  @BeforeEach
  void open() throws IOException {
    machine = LinuxMachine.open();
  }

  @AfterEach
  void close() {
    if (machine != null) {
      machine.close();
    }
  }

  @Test
  void handsOverWhatIsWrittenToBothStreams() {
    Result result = machine.run("echo out; echo err >&2");
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.exit().code()).isZero();
  }

  @Test
  void handsOverOutputThatIsLargerThanPipe() {
    assertThat(machine.run("head -c 300000 /dev/zero").stdout()).hasSize(300_000);
  }

  @Test
  void reportsExitCode() {
    assertThat(machine.run("exit 42").exit().code()).isEqualTo(42);
  }

  @Test
  void reportsSignal() {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    container.signal(9);
    var exit = LinuxMachine.await(container.exit());
    assertThat(exit.code()).isEqualTo(137);
    assertThat(exit.signal()).isEqualTo(9);
    assertThat(exit.oomKilled()).isFalse();
    container.signal(9);
    container.remove();
  }

  @Test
  void givesEnvironmentAndWorkingDirectory() {
    ProcessSpec process =
        ProcessSpec.of("/bin/sh", "-c", "echo $COLOUR $HOME; pwd")
            .withEnvironment(Map.of("COLOUR", "blue"))
            .withWorkingDirectory("/var/made/for/it");
    Result result = machine.run(machine.spec(machine.sandbox(), process));
    assertThat(result.stdout()).isEqualTo("blue /root\n/var/made/for/it\n");
  }

  @Test
  void isFirstInItsOwnPidNamespaceAndKnowsItsHostname() {
    Result result = machine.run("echo $$; hostname; cat /proc/1/comm");
    assertThat(result.stdout()).isEqualTo("1\npod-host\nsh\n");
  }

  @Test
  void sharesNetworkButNotProcessesInPod() throws IOException {
    Container first = machine.runtime().start(machine.shell("exec sleep 1000"));
    Result second = machine.run("readlink /proc/self/ns/net; ps -e | grep -c sleep");
    Result own = LinuxMachine.exec(first, ProcessSpec.of("readlink", "/proc/self/ns/net"));
    assertThat(second.stdout()).isEqualTo(own.stdout() + "0\n");
    String host = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    assertThat(own.stdout().strip()).isNotEqualTo(host);
    first.remove();
  }

  @Test
  void sharesProcessesWhenPodWantsThat() {
    PodSandbox pod =
        machine
            .runtime()
            .createSandbox(SandboxSpec.of("shared", "s").withProcesses(ProcessView.POD));
    Container first = machine.runtime().start(machine.spec(pod, ProcessSpec.of("sleep", "1000")));
    Result second = machine.run(machine.spec(pod, ProcessSpec.of("sh", "-c", "ps -e; echo $$")));
    assertThat(second.stdout()).contains("sleep").doesNotEndWith("\n1\n");
    first.remove();
    pod.remove();
  }

  @Test
  void runsOnNetworkOfMachineWhenPodWantsThat() throws IOException {
    PodSandbox pod =
        machine.runtime().createSandbox(SandboxSpec.of("hostnet", "ignored").withHostNetwork());
    ProcessSpec process = ProcessSpec.of("readlink", "/proc/self/ns/net");
    Result result = machine.run(machine.spec(pod, process));
    String host = Files.readSymbolicLink(pod.networkNamespace()).toString();
    assertThat(result.stdout().strip()).isEqualTo(host);
    pod.remove();
  }

  @Test
  void explainsMissingProgram() {
    ProcessSpec inPath = ProcessSpec.of("no-such-program");
    assertThatThrownBy(() -> machine.run(machine.spec(machine.sandbox(), inPath)))
        .isInstanceOfSatisfying(
            ContainerStartException.class, e -> assertThat(e.exitCode()).isEqualTo(127))
        .hasMessageContaining("exec: \"no-such-program\": executable file not found in $PATH");
    ProcessSpec absolute = ProcessSpec.of("/no/such/program");
    assertThatThrownBy(() -> machine.run(machine.spec(machine.sandbox(), absolute)))
        .hasMessageContaining("exec: \"/no/such/program\": no such file or directory");
  }

  @Test
  void explainsProgramThatCannotBeExecuted() {
    ProcessSpec process = ProcessSpec.of("/etc/passwd");
    assertThatThrownBy(() -> machine.run(machine.spec(machine.sandbox(), process)))
        .isInstanceOfSatisfying(
            ContainerStartException.class, e -> assertThat(e.exitCode()).isEqualTo(126))
        .hasMessageContaining("permission denied");
  }

  @Test
  void killsWhatExceedsMemoryLimit() {
    Result result =
        machine.run(
            machine
                .shell("head -c 200m /dev/zero | tail")
                .withResources(Resources.UNLIMITED.withMemoryBytes(32 << 20)));
    assertThat(result.exit().oomKilled()).isTrue();
    assertThat(result.exit().code()).isEqualTo(137);
  }

  @Test
  void limitsProcesses() {
    Result result =
        machine.run(
            machine
                .shell("for i in 1 2 3 4 5 6 7 8 9; do sleep 100 & done")
                .withResources(Resources.UNLIMITED.withPids(4)));
    assertThat(result.stderr()).contains("fork");
  }

  @Test
  void givesDefaultCapabilitiesFilterAndPrivilegesOfContainerd() {
    Result result = machine.run("grep -E 'Cap|NoNewPrivs|Seccomp:' /proc/self/status");
    assertThat(result.stdout())
        .contains("CapEff:\t00000000a80425fb")
        .contains("CapBnd:\t00000000a80425fb")
        .contains("NoNewPrivs:\t0")
        .contains("Seccomp:\t2");
  }

  @Test
  void takesCapabilitiesFromOtherUsers() {
    ProcessSpec process =
        ProcessSpec.of("sh", "-c", "id -u; id -g; id -G; grep CapEff /proc/self/status")
            .withUser(new User(1000, 2000, List.of(3000)));
    assertThat(machine.run(machine.spec(machine.sandbox(), process)).stdout())
        .isEqualTo("1000\n2000\n2000 3000\nCapEff:\t0000000000000000\n");
  }

  @Test
  void givesExactlyTheCapabilitiesAskedFor() {
    Security rights =
        Security.DEFAULT.withCapabilities(Set.of(Capability.CHOWN)).withNoNewPrivileges();
    Result result =
        machine.run(
            machine.shell("grep -E 'CapBnd|NoNewPrivs' /proc/self/status").withSecurity(rights));
    assertThat(result.stdout()).isEqualTo("CapBnd:\t0000000000000001\nNoNewPrivs:\t1\n");
  }

  @Test
  void refusesSystemCallsThatAreNotOnTheList() {
    assertThat(machine.run("unshare --user true").stderr()).contains("Operation not permitted");
    assertThat(machine.run("mount -t tmpfs none /tmp").exit().code()).isNotZero();
  }

  @Test
  void letsPrivilegedContainersMount() {
    Result result =
        machine.run(
            machine
                .shell("mount -t tmpfs none /tmp && grep Seccomp: /proc/self/status")
                .withSecurity(Security.DEFAULT.withPrivileged()));
    assertThat(result.stdout()).isEqualTo("Seccomp:\t0\n");
  }

  @Test
  void keepsRootReadOnlyWhenAsked() {
    Result result =
        machine.run(
            machine
                .shell("echo x > /file; echo y > /tmp/file && cat /tmp/file")
                .withMounts(withTmp())
                .withSecurity(Security.DEFAULT.withReadOnlyRoot()));
    assertThat(result.stderr()).contains("Read-only file system");
    assertThat(result.stdout()).isEqualTo("y\n");
  }

  private List<ContainerMount> withTmp() {
    List<ContainerMount> mounts = new ArrayList<>(machine.shell("").mounts());
    mounts.add(new ContainerMount.Tmpfs("/tmp", 1 << 20));
    return mounts;
  }

  @Test
  void keepsMachineOutOfSight() {
    Result result =
        machine.run(
            "cat /proc/kcore | wc -c; echo 1 > /proc/sys/kernel/core_pattern; ls /sys/firmware");
    assertThat(result.stdout()).isEqualTo("0\n");
    assertThat(result.stderr()).contains("Read-only file system");
  }

  @Test
  void deniesDevicesOfMachine() {
    Result result = machine.run("mknod /tmp/d b 254 0 && head -c 1 /tmp/d; head -c 3 /dev/zero");
    assertThat(result.stderr()).contains("Operation not permitted");
    assertThat(result.stdout()).hasSize(3);
  }

  @Test
  void mountsFilesAndDirectoriesOfMachine() throws IOException {
    Path source = Files.createDirectory(machine.directory().resolve("volume"));
    Files.writeString(source.resolve("file"), "content");
    List<ContainerMount> mounts = new ArrayList<>(machine.shell("").mounts());
    mounts.add(new ContainerMount.Bind(source, "/data/volume", false));
    mounts.add(new ContainerMount.Bind(source.resolve("file"), "/etc/config/file", true));
    Result result =
        machine.run(
            machine
                .shell(
                    "cat /etc/config/file; echo new > /data/volume/new; echo x > /etc/config/file")
                .withMounts(mounts));
    assertThat(result.stdout()).isEqualTo("content");
    assertThat(result.stderr()).contains("Read-only file system");
    assertThat(source.resolve("new")).content().isEqualTo("new\n");
  }

  @Test
  void namesMountSourceThatIsMissing() {
    List<ContainerMount> mounts =
        List.of(new ContainerMount.Bind(Path.of("/no/such/source"), "/x", false));
    assertThatThrownBy(() -> machine.run(machine.shell("true").withMounts(mounts)))
        .isInstanceOf(ContainerException.class)
        .hasMessage("cannot mount /no/such/source at /x: it does not exist");
  }

  @Test
  void joinsRunningContainer() throws IOException {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    Result result =
        LinuxMachine.exec(
            container,
            ProcessSpec.of("sh", "-c", "hostname; cat /proc/1/comm; echo bad >&2; exit 5"));
    assertThat(result.stdout()).isEqualTo("pod-host\nsleep\n");
    assertThat(result.stderr()).isEqualTo("bad\n");
    assertThat(result.exit().code()).isEqualTo(5);
    Result status =
        LinuxMachine.exec(container, ProcessSpec.of("grep", "CapEff", "/proc/self/status"));
    assertThat(status.stdout()).isEqualTo("CapEff:\t00000000a80425fb\n");
    container.remove();
    assertThatThrownBy(() -> container.exec(ProcessSpec.of("true"))).hasMessageContaining("ended");
  }

  @Test
  void feedsStandardInput() throws IOException {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    try (var process = container.exec(ProcessSpec.of("cat").withStdin())) {
      process.stdin().write("typed".getBytes(UTF_8));
      process.stdin().close();
      assertThat(process.stdout().readAllBytes()).asString().isEqualTo("typed");
    }
    container.remove();
  }

  @Test
  void givesTerminalOfTheSizeAskedFor() throws IOException {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    ProcessSpec shell = ProcessSpec.of("sh", "-c", "read line; tty; stty size").withTerminal();
    try (var process = container.exec(shell)) {
      process.resize(120, 40);
      process.stdin().write("go\n".getBytes(UTF_8));
      String output = new String(process.stdout().readAllBytes(), UTF_8);
      assertThat(output).contains("/dev/pts/").contains("40 120");
    }
    container.remove();
  }

  @Test
  void givesFirstProcessTerminal() throws IOException {
    ProcessSpec process =
        ProcessSpec.of("sh", "-c", "read line; echo got $line").withTerminal().withStdin();
    StringBuilder seen = new StringBuilder();
    Container container =
        machine
            .runtime()
            .start(
                machine
                    .spec(machine.sandbox(), process)
                    .withOutput((stream, bytes) -> seen.append(new String(bytes, UTF_8))));
    container.stdin().write("it\n".getBytes(UTF_8));
    assertThat(LinuxMachine.await(container.exit()).code()).isZero();
    assertThat(seen).contains("got it");
    container.remove();
  }

  @Test
  void tellsUsage() {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    assertThat(container.usage().pids()).isEqualTo(1);
    assertThat(container.usage().cpuNanos()).isPositive();
    container.remove();
  }

  @Test
  void removesRunningContainer() {
    Container container = machine.runtime().start(machine.shell("sleep 1000 & sleep 1000"));
    container.remove();
    assertThat(LinuxMachine.await(container.exit()).code()).isEqualTo(137);
    container.remove();
  }

  @Test
  void runsDemoApplicationOnJdkOfMachine() throws IOException {
    Image image = machine.image("kuber.io/kuard:green");
    ProcessSpec process =
        ProcessSpec.of(image.config().entrypoint().toArray(String[]::new))
            .withEnvironment(image.config().environment());
    Container container =
        machine
            .runtime()
            .start(
                ContainerSpec.of("kuard", machine.sandbox(), image.layers(), process)
                    .withMounts(image.mounts()));
    String ask =
        """
        for i in $(seq 300); do
          if exec 3<>/dev/tcp/127.0.0.1/8080; then
            printf 'GET /healthy HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3; exit
          fi 2> /dev/null
          sleep 0.1
        done
        """;
    Result answer = LinuxMachine.exec(container, ProcessSpec.of("bash", "-c", ask));
    assertThat(answer.stdout()).contains("200 OK").endsWith("ok");
    container.signal(15);
    assertThat(LinuxMachine.await(container.exit()).code()).isEqualTo(143);
    container.remove();
  }
}
