package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kuber.container.Capability;
import io.kuber.container.Container;
import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.container.linux.LinuxMachine.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods whose users are others than the machine's of the same number. */
final class OwnUsersTest {
  private LinuxMachine machine;
  private PodSandbox pod;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(LinuxContainers.probe().ownUsers(), "needs user namespaces and Linux 6.13");
    machine = LinuxMachine.open();
    pod = machine.runtime().createSandbox(SandboxSpec.of("own", "own-host").withOwnUsers());
  }

  @AfterEach
  void close() {
    if (machine != null) {
      if (pod != null) {
        pod.remove();
      }
      machine.close();
    }
  }

  private ContainerSpec shell(String script) {
    return machine.spec(pod, ProcessSpec.of("sh", "-c", script));
  }

  private int first(PodSandbox sandbox) {
    return ((LinuxSandbox) sandbox).users().orElseThrow().range().first();
  }

  @Test
  void hasUsersThatAreNobodyOutside() {
    Result result = machine.run(shell("cat /proc/self/uid_map /proc/self/gid_map; id -u"));
    assertThat(result.stdout().strip().split("\\s+"))
        .containsExactly("0", "" + first(pod), "65536", "0", "" + first(pod), "65536", "0");
  }

  @Test
  void runsOnTheMachineAsAnotherUser() throws IOException {
    Container container = machine.runtime().start(shell("echo x > /made; exec sleep 1000"));
    Result inside = LinuxMachine.exec(container, ProcessSpec.of("stat", "-c", "%u", "/made"));
    assertThat(inside.stdout()).isEqualTo("0\n");
    Path process = Path.of("/proc", Integer.toString(container.pid()));
    assertThat(Files.readAllLines(process.resolve("status")))
        .anyMatch(line -> line.matches("Uid:\\s+" + first(pod) + "\\s.*"));
    Path made = container.writableLayer().orElseThrow().resolve("made");
    assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(first(pod));
    container.remove();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "hostname = own-host",
        "stat -c %u /etc/passwd /bin/sh / /usr = 0 0 0 0",
        "stat -c %a:%u /dev/null = 666:65534",
        "head -c 3 /dev/zero | wc -c; echo gone > /dev/null = 3",
        "echo $$; cat /proc/1/comm = 1 sh",
        "cat /sys/class/net/lo/mtu = 65536",
        "echo a > /dev/stdout; echo b > /dev/shm/f; cat /dev/shm/f = a b",
        "ls /dev/pts; ls /dev/mqueue = ptmx",
        "touch /tmp/f && chown 7:8 /tmp/f && stat -c %u:%g /tmp/f = 7:8",
        "test -w /proc/sys/vm/drop_caches || echo no = no",
        "cat /proc/keys | wc -c = 0",
      })
  void looksLikeOneOfTheMachinesUsers(String script, String expected) {
    Result result = machine.run(shell(script));
    assertThat(String.join(" ", result.stdout().strip().split("\\s+")))
        .as(result.stderr())
        .isEqualTo(expected);
  }

  @Test
  void keepsNumbersOfFilesInVolumes() throws IOException {
    Path volume = Files.createDirectory(machine.directory().resolve("volume"));
    Files.writeString(volume.resolve("old"), "x");
    Files.setAttribute(volume.resolve("old"), "unix:uid", 1000);
    List<ContainerMount> mounts = List.of(new ContainerMount.Bind(volume, "/data", false));
    ContainerSpec spec = shell("stat -c %u /data/old; echo y > /data/new; chown 12 /data/new");
    List<ContainerMount> all = Stream.concat(spec.mounts().stream(), mounts.stream()).toList();
    Result result = machine.run(spec.withMounts(all));
    assertThat(result.stdout()).as(result.stderr()).isEqualTo("1000\n");
    assertThat(Files.getAttribute(volume.resolve("new"), "unix:uid")).isEqualTo(12);
  }

  @Test
  void saysWhichVolumeCannotBeMapped() {
    ContainerSpec spec = shell("true");
    List<ContainerMount> all =
        Stream.concat(
                spec.mounts().stream(),
                Stream.of(new ContainerMount.Bind(Path.of("/sys"), "/machine", true)))
            .toList();
    assertThatThrownBy(() -> machine.run(spec.withMounts(all)))
        .isInstanceOf(ContainerException.class)
        .hasMessage(
            "cannot mount /sys at /machine: its file system cannot map owners, as a pod with"
                + " hostUsers: false needs it");
  }

  @Test
  void runsOtherUsersAndRefusesThoseThatItHasNot() {
    ProcessSpec process = ProcessSpec.of("id", "-G").withUser(new User(1000, 1001, List.of(44)));
    assertThat(machine.run(machine.spec(pod, process)).stdout()).isEqualTo("1001 44\n");
    ProcessSpec far = ProcessSpec.of("id").withUser(new User(70_000, 0, List.of()));
    assertThatThrownBy(() -> machine.run(machine.spec(pod, far)))
        .hasMessageContaining("user or group 70000 is not one of the 65536");
  }

  @Test
  void hasAllRightsInsideAndNoneOutside() {
    Security all = Security.DEFAULT.withPrivileged();
    Result result =
        machine.run(
            shell(
                    "mount -t tmpfs none /mnt && hostname changed && hostname;"
                        + " mknod /tmp/disk b 7 0 2>/dev/null || echo no device;"
                        + " echo 1 2>/dev/null > /proc/sys/kernel/panic || echo no panic;"
                        + " nice -n -5 true 2>&1 | grep -c denied")
                .withSecurity(all));
    assertThat(result.stdout().lines().toList())
        .containsExactly("changed", "no device", "no panic", "1");
  }

  @Test
  void hidesNothingWhenItIsNotMasked() {
    String hidden = "grep -cE ' /proc/(sys|keys) ' /proc/self/mounts";
    assertThat(machine.run(shell(hidden)).stdout()).isEqualTo("2\n");
    ContainerSpec unmasked = shell(hidden).withSecurity(Security.DEFAULT.withUnmasked());
    assertThat(machine.run(unmasked).stdout()).isEqualTo("0\n");
  }

  @Test
  void sharesProcessesAndLeavesNothingToDebug() throws IOException {
    PodSandbox shared =
        machine
            .runtime()
            .createSandbox(
                SandboxSpec.of("shared", "s").withOwnUsers().withProcesses(ProcessView.POD));
    Security rights = Security.DEFAULT.withCapabilities(Capability.ALL).withoutSeccomp();
    ProcessSpec process =
        ProcessSpec.of("sh", "-c", "ls /proc/1/root/ | wc -l; grep -E 'Uid|CapPrm' /proc/1/status");
    Result result = machine.run(machine.spec(shared, process).withSecurity(rights));
    assertThat(result.stdout().strip().split("\\s+"))
        .as(result.stderr())
        .containsExactly(
            "0", "Uid:", "65534", "65534", "65534", "65534", "CapPrm:", "0000000000000000");
    shared.remove();
  }

  @Test
  void hasATerminalOfItsUser() throws IOException {
    Container container = machine.runtime().start(shell("exec sleep 1000"));
    ProcessSpec process =
        ProcessSpec.of("sh", "-c", "stat -c %u $(tty); echo hi > $(tty)").withTerminal();
    Result result = LinuxMachine.exec(container, process);
    assertThat(result.stdout()).isEqualTo("0\r\nhi\r\n");
    container.remove();
  }

  @Test
  void sharesUsersWithNoOtherPod() {
    PodSandbox other = machine.runtime().createSandbox(SandboxSpec.of("other", "o").withOwnUsers());
    assertThat(first(other)).isNotEqualTo(first(pod));
    other.remove();
  }

  @Test
  void limitsAndPutsInOrderWhoIsKilledFirst() {
    ContainerSpec spec =
        shell("cat /proc/self/oom_score_adj")
            .withResources(
                Resources.UNLIMITED.withOomScoreAdjustment(500).withMemoryBytes(64 << 20));
    assertThat(machine.run(spec).stdout()).isEqualTo("500\n");
  }

  @Test
  void takesFromAnotherRegionThanOtherNodes() {
    Set<Integer> taken = new HashSet<>();
    for (int i = 0; i < UserRanges.MOST; i++) {
      taken.add(UserRanges.free("node-1", taken).orElseThrow().first());
    }
    assertThat(UserRanges.free("node-1", taken)).isEmpty();
    assertThat(UserRanges.free("node-2", taken)).isEqualTo(UserRanges.free("node-2", Set.of()));
    assertThat(taken).hasSize(UserRanges.MOST).allMatch(first -> first >= UserRange.SIZE);
  }

  @Test
  void addsVariablesAndDirectories() {
    ProcessSpec process =
        ProcessSpec.of("sh", "-c", "echo $A; pwd")
            .withEnvironment(Map.of("A", "b"))
            .withWorkingDirectory("/made/here");
    assertThat(machine.run(machine.spec(pod, process)).stdout()).isEqualTo("b\n/made/here\n");
  }
}
