package io.kuber.container.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.Container;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.ContainerStartException;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.container.SandboxSpec.ProcessView;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.container.linux.LinuxMachine.Result;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import io.kuber.node.image.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container tries in order to get out, by the known classes of holes in runtimes. */
final class EscapeTest {
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

  private static List<String> lines(Result result) {
    return result.stdout().lines().toList();
  }

  // What runs on the machine is overwritten through /proc/self/exe (CVE-2019-5736).

  @Test
  void cannotExecuteItsWayIntoWhatStartsIt() throws IOException {
    Path script = machine.directory().resolve("script");
    Files.writeString(script, "#!/proc/self/exe\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    List<ContainerMount> mounts = new ArrayList<>(machine.shell("").mounts());
    mounts.add(new ContainerMount.Bind(script, "/script", false));
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    for (ContainerSpec spec :
        List.of(
            machine.spec(machine.sandbox(), ProcessSpec.of("/proc/self/exe")),
            machine.spec(machine.sandbox(), ProcessSpec.of("/script")).withMounts(mounts))) {
      assertThat(machine.run(spec).exit().code()).isNotZero();
    }
    container.remove();
    assertThat(machine.run("echo still works").stdout()).isEqualTo("still works\n");
  }

  @Test
  void cannotOverwriteWhatJoinsIt() throws IOException {
    String attack =
        "while :; do for p in /proc/[0-9]*; do"
            + " case $p in /proc/1|/proc/$$) continue;; esac;"
            + " l=$(readlink $p/exe 2>/dev/null) && echo \"sees $l\";"
            + " (echo x > $p/exe) 2>/dev/null && echo \"wrote $l\";"
            + " done; done > /shared/log";
    Path shared = Files.createDirectories(machine.directory().resolve("shared"));
    List<ContainerMount> mounts = new ArrayList<>(machine.shell("").mounts());
    mounts.add(new ContainerMount.Bind(shared, "/shared", false));
    Container container = machine.runtime().start(machine.shell(attack).withMounts(mounts));
    for (int i = 0; i < 40; i++) {
      assertThat(LinuxMachine.exec(container, ProcessSpec.of("true")).exit().code()).isZero();
    }
    container.remove();
    assertThat(Files.readString(shared.resolve("log")))
        .doesNotContain("wrote")
        .doesNotContain("java")
        .doesNotContain("memfd:kuber");
    assertThat(machine.run("echo still works").stdout()).isEqualTo("still works\n");
  }

  // Descriptors and the working directory leak (CVE-2024-21626).

  @Test
  void inheritsNothingButItsStreams() throws IOException {
    // No pipe of the shell's own: it would show.
    String list = "for f in /proc/$$/fd/*; do readlink $f; done";
    assertThat(kinds(machine.run(list))).containsExactly("/dev/null", "pipe:[]", "pipe:[]");
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    Result joined = LinuxMachine.exec(container, ProcessSpec.of("sh", "-c", list));
    assertThat(kinds(joined)).containsExactly("/dev/null", "pipe:[]", "pipe:[]");
    container.remove();
  }

  private static List<String> kinds(Result result) {
    return lines(result).stream().map(line -> line.replaceAll("[0-9]", "")).toList();
  }

  @Test
  void cannotStartOutsideOfItsRoot() throws IOException {
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    String marker = machine.directory().toString();
    for (int descriptor = 3; descriptor < 24; descriptor++) {
      for (String suffix : List.of("", "/..", "/../../../../..")) {
        ProcessSpec process =
            ProcessSpec.of("sh", "-c", "cat ." + marker + "/secret")
                .withWorkingDirectory("/proc/self/fd/" + descriptor + suffix);
        Files.writeString(machine.directory().resolve("secret"), "of the machine");
        assertThat(outputOf(() -> machine.run(machine.spec(machine.sandbox(), process))))
            .doesNotContain("of the machine");
        assertThat(outputOf(() -> LinuxMachine.exec(container, process)))
            .doesNotContain("of the machine");
      }
    }
    container.remove();
  }

  private interface Attempt {
    Result run() throws IOException;
  }

  /** What an attempt printed; nothing when it was refused. */
  private static String outputOf(Attempt attempt) throws IOException {
    try {
      return attempt.run().stdout();
    } catch (ContainerStartException refused) {
      return "";
    }
  }

  // Masks and devices are exchanged while the container starts (CVE-2025-31133, 52565, 52881).

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/proc/keys",
        "/proc/kcore",
        "/proc/sysrq-trigger",
        "/proc/sys/kernel/core_pattern"
      })
  void isNotDeceivedByVolumeInPlaceOfDevices(String aim) throws IOException {
    Path volume = Files.createDirectories(machine.directory().resolve("dev"));
    Files.createSymbolicLink(volume.resolve("null"), Path.of(aim));
    Files.createSymbolicLink(volume.resolve("console"), Path.of(aim));
    List<ContainerMount> mounts = new ArrayList<>(machine.shell("").mounts());
    mounts.add(new ContainerMount.Bind(volume, "/dev", false));
    String look =
        "for f in /proc/keys /proc/kcore /proc/timer_list; do [ -e $f ] && head -c 10 $f | wc -c;"
            + " done; for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern; do"
            + " [ -e $f ] && (cat < /proc/sys/kernel/core_pattern > $f) 2>&1 | grep -c -v -i read-only;"
            + " done";
    LinuxMachine.Result seen = machine.run(machine.shell(look).withMounts(mounts));
    assertThat(lines(seen)).as(seen.toString()).containsOnly("0");
  }

  @Test
  void opensNothingThroughLinksForWhoJoins() {
    Container container =
        machine
            .runtime()
            .start(
                machine.shell(
                    "echo secret > /root/s; chmod 600 /root/s;"
                        + " rm /dev/null; ln -s /root/s /dev/null; echo ready; exec sleep 1000"));
    ProcessSpec other = ProcessSpec.of("cat").withUser(new User(1000, 1000, List.of()));
    for (int i = 0; i < 20; i++) {
      try {
        assertThat(LinuxMachine.exec(container, other).stdout()).doesNotContain("secret");
      } catch (ContainerStartException | IOException refused) {
        assertThat(refused).hasMessageContaining("/dev/null");
      }
    }
    container.remove();
  }

  // Links in the image lead out of it.

  @Test
  void followsLinksOfTheImageInsideOfItAlone() throws IOException {
    Path outside = Files.createDirectories(machine.directory().resolve("outside"));
    Path volume = Files.createDirectories(machine.directory().resolve("volume"));
    Files.writeString(volume.resolve("file"), "of the volume");
    Path layer = Files.createDirectories(machine.directory().resolve("layer"));
    Files.createSymbolicLink(layer.resolve("absolute"), outside);
    Files.createSymbolicLink(layer.resolve("up"), Path.of("../../../../../../.." + outside));
    Files.createSymbolicLink(layer.resolve("magic"), Path.of("/proc/1/root" + outside));
    Image image = machine.image("kuber.io/host");
    List<Path> layers = new ArrayList<>(List.of(layer));
    layers.addAll(image.layers());
    for (String link : List.of("/absolute", "/up", "/magic")) {
      List<ContainerMount> mounts = new ArrayList<>(image.mounts());
      mounts.add(new ContainerMount.Bind(volume, link + "/inner", false));
      ContainerSpec spec =
          ContainerSpec.of(
                  "link" + link.substring(1),
                  machine.sandbox(),
                  layers,
                  ProcessSpec.of("sh", "-c", "echo x > " + link + "/inner/written; true"))
              .withMounts(mounts);
      outputOf(() -> machine.run(spec));
      try (Stream<Path> files = Files.list(outside)) {
        assertThat(files).as(link).isEmpty();
      }
    }
  }

  // Control groups, mounts and devices of the machine.

  @Test
  void cannotReachControlGroupsOfMachine() {
    String attack =
        "cat /proc/self/cgroup | cut -d: -f3 | sort -u;"
            + " for f in $(find /sys/fs/cgroup -name release_agent -o -name cgroup.procs"
            + " -o -name notify_on_release -o -name devices.allow -o -name memory.max);"
            + " do (echo 1 > $f) 2>/dev/null && echo wrote $f; done;"
            + " mkdir /tmp/cg && mount -t cgroup -o memory cgroup /tmp/cg 2>/dev/null && echo mounted;"
            + " mount -o remount,rw /sys/fs/cgroup 2>/dev/null && echo remounted; true";
    assertThat(lines(machine.run(attack))).containsExactly("/");
    Security unfiltered = Security.DEFAULT.withoutSeccomp();
    assertThat(lines(machine.run(machine.shell(attack).withSecurity(unfiltered))))
        .containsExactly("/");
  }

  @Test
  void cannotUseDevicesOfMachine() throws IOException {
    List<String> disks =
        Files.readAllLines(Path.of("/proc/partitions")).stream()
            .skip(2)
            .map(line -> line.strip().split("\\s+"))
            .map(columns -> "b " + columns[0] + " " + columns[1])
            .limit(8)
            .collect(Collectors.toCollection(ArrayList::new));
    disks.addAll(List.of("b 7 0", "c 1 1", "c 1 2", "c 1 4", "c 1 11", "c 10 237", "c 10 229"));
    String attack =
        disks.stream()
            .map(
                device ->
                    "mknod /tmp/n %s && { (head -c 1 /tmp/n) 2>&1 | grep -v 'not permitted'; "
                            .formatted(device)
                        + "(: > /tmp/n) 2>/dev/null && echo wrote; }; rm -f /tmp/n; ")
            .collect(Collectors.joining());
    assertThat(machine.run(attack + "true").stdout()).isEmpty();
  }

  @Test
  void cannotWriteToSwitchesOfKernel() {
    String attack =
        "for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe"
            + " /proc/sys/vm/panic_on_oom /proc/sys/fs/binfmt_misc/register /proc/irq/default_smp_affinity"
            + " /proc/bus/pci /sys/kernel/uevent_helper /sys/power/state /sys/kernel/mm/ksm/run;"
            + " do [ -f $f ] && (cat $f > /tmp/v 2>/dev/null; cat /tmp/v > $f) 2>/dev/null && echo wrote $f;"
            + " done; for f in /proc/kcore /proc/keys /proc/timer_list /proc/sched_debug; do"
            + " [ -e $f ] && head -c 10 $f | wc -c; done; ls /sys/firmware 2>/dev/null;"
            + " mount -o remount,rw /proc/sys 2>/dev/null && echo remounted;"
            + " umount /proc/sys 2>/dev/null && echo uncovered; true";
    assertThat(lines(machine.run(attack))).isSubsetOf("0");
    Security unfiltered = Security.DEFAULT.withoutSeccomp();
    assertThat(lines(machine.run(machine.shell(attack).withSecurity(unfiltered)))).isSubsetOf("0");
  }

  // The agent and the keeper, from a container that sees the machine's processes.

  @Test
  void cannotLookIntoTheAgentOrTheKeeper() throws IOException {
    PodSandbox pod =
        machine
            .runtime()
            .createSandbox(SandboxSpec.of("hostpid", "h").withProcesses(ProcessView.HOST));
    Container container =
        machine.runtime().start(machine.spec(pod, ProcessSpec.of("sleep", "1000")));
    int keeper = ProcessStat.of(container.pid()).orElseThrow().parent();
    for (long aim : List.of(ProcessHandle.current().pid(), (long) keeper)) {
      String look =
          "cd /proc/%d || exit 1; ".formatted(aim)
              + "for f in environ mem maps auxv; do (head -c 1 $f | wc -c | grep -v '^0$') 2>/dev/null; done;"
              + " readlink fd/* exe cwd root; ls root/ map_files 2>/dev/null | grep -v ^map_files;"
              + " (: > exe) 2>/dev/null && echo wrote; true";
      Result seen = LinuxMachine.exec(container, ProcessSpec.of("sh", "-c", look));
      assertThat(seen.stdout()).as("of process " + aim).isEmpty();
      assertThat(seen.exit().code()).isZero();
    }
    container.remove();
    pod.remove();
  }

  @Test
  void cannotSeeAbstractSocketsOfMachine() throws IOException {
    Syscalls linux = Syscalls.linux();
    String name = "kuber-escape-" + ProcessHandle.current().pid();
    byte[] address = new byte[3 + name.length()];
    ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) Uapi.AF_UNIX);
    System.arraycopy(name.getBytes(UTF_8), 0, address, 3, name.length());
    int socket = linux.socket(Uapi.AF_UNIX, Uapi.SOCK_STREAM, 0);
    try {
      linux.bind(socket, address);
      assertThat(Files.readString(Path.of("/proc/net/unix"))).contains(name);
      assertThat(machine.run("cat /proc/net/unix").stdout()).contains("Num").doesNotContain(name);
    } finally {
      linux.close(socket);
    }
  }

  // Nothing of a container sticks to the JVM.

  /** What a thread is to the kernel. */
  private record Identity(String name, String status, String namespaces, String cgroups) {
    Identity unnamed() {
      return new Identity("", status, namespaces, cgroups);
    }
  }

  private static Map<String, Identity> threads() throws IOException {
    Map<String, Identity> threads = new TreeMap<>();
    for (String id : StateDirectory.names(Path.of("/proc/self/task"))) {
      Path task = Path.of("/proc/self/task", id);
      try {
        threads.put(id, identity(task));
      } catch (IOException ended) {
        // Threads of the JVM come and go.
      }
    }
    return threads;
  }

  private static Identity identity(Path task) throws IOException {
    List<String> kinds = List.of("cgroup", "ipc", "mnt", "net", "pid", "user", "uts");
    List<String> namespaces = new ArrayList<>();
    for (String kind : kinds) {
      namespaces.add(Files.readSymbolicLink(task.resolve("ns").resolve(kind)).toString());
    }
    String status =
        Files.readAllLines(task.resolve("status")).stream()
            .filter(line -> line.matches("(Umask|Uid|Gid|Groups|Cap.*|NoNewPrivs|Seccomp):.*"))
            .collect(Collectors.joining("\n"));
    String root =
        Files.readSymbolicLink(task.resolve("root")) + " " + task.resolve("cwd").toRealPath();
    return new Identity(
        Files.readString(task.resolve("comm")),
        status + "\n" + root,
        namespaces.toString(),
        Files.readString(task.resolve("cgroup")));
  }

  @Test
  void leavesNoThreadOfTheAgentChanged() throws IOException {
    String limits = Files.readString(Path.of("/proc/self/limits"));
    String score = Files.readString(Path.of("/proc/self/oom_score_adj"));
    Map<String, Identity> before = threads();
    Container container = machine.runtime().start(machine.shell("exec sleep 1000"));
    LinuxMachine.exec(container, ProcessSpec.of("id").withUser(new User(1000, 1000, List.of(7))));
    machine.runtime().createSandbox(SandboxSpec.of("other", "o")).remove();
    Map<String, Identity> during = threads();
    container.remove();
    Map<String, Identity> after = threads();
    // A thread is what the one was that made it; other tests may have some in namespaces of theirs.
    Set<Identity> allowed =
        before.values().stream().map(Identity::unnamed).collect(Collectors.toSet());
    for (Map<String, Identity> later : List.of(during, after)) {
      later.forEach(
          (id, now) -> {
            assertThat(allowed).as(now.name()).contains(now.unnamed());
            assertThat(now).isEqualTo(before.getOrDefault(id, now));
          });
    }
    assertThat(Files.readString(Path.of("/proc/self/limits"))).isEqualTo(limits);
    assertThat(Files.readString(Path.of("/proc/self/oom_score_adj"))).isEqualTo(score);
  }
}
