package io.kuber.load.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.container.Capability;
import io.kuber.container.linux.LinuxContainers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all containers are made of: a root file system with two programs, and as {@code config.json}
 * what kuber gives to a container by itself.
 *
 * @param root the root file system
 * @param filter the system calls that need no capability, name and number
 */
record Bundle(Path root, List<String> filter) {
  /** The controllers of version 1 that kuber makes groups in. */
  static final List<String> CONTROLLERS =
      List.of("memory", "cpu", "cpuacct", "pids", "devices", "freezer");

  private static final List<String> PROGRAMS = List.of("/bin/true", "/bin/sleep");
  private static final List<String> PLACES = List.of("proc", "dev", "sys");
  private static final Pattern LIBRARY = Pattern.compile("(/lib\\S+)");

  /** Copies the programs of the machine, with their libraries, to {@code root}. */
  static Bundle make(Path root) throws IOException, InterruptedException {
    for (String place : PLACES) {
      Files.createDirectories(root.resolve(place));
    }
    for (String program : PROGRAMS) {
      copy(Path.of(program), root);
      Process libraries = new ProcessBuilder("ldd", program).start();
      Matcher each = LIBRARY.matcher(new String(libraries.getInputStream().readAllBytes(), UTF_8));
      while (each.find()) {
        copy(Path.of(each.group(1)), root);
      }
      libraries.waitFor();
    }
    return new Bundle(root, filterOfKuber());
  }

  private static void copy(Path file, Path root) throws IOException {
    Path target = root.resolve(file.toString().substring(1));
    Files.createDirectories(target.getParent());
    if (!Files.exists(target)) {
      Files.copy(file.toRealPath(), target);
    }
  }

  private static List<String> filterOfKuber() throws IOException {
    String list = "seccomp-x86_64.txt";
    try (InputStream in =
        Objects.requireNonNull(LinuxContainers.class.getResourceAsStream(list), list)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && line.split(" ").length == 2)
          .toList();
    }
  }

  /** The numbers of the system calls, in order, a line each. */
  List<String> numbers() {
    return filter.stream()
        .map(line -> Integer.valueOf(line.split(" ")[1]))
        .sorted()
        .map(Object::toString)
        .toList();
  }

  /** Writes what crun and runc read. */
  void write(Path config, String id, String... command) throws IOException {
    Files.writeString(
        config,
        """
        {"ociVersion": "1.0.2",
         "process": {"user": {"uid": 0, "gid": 0}, "args": %s, "env": ["PATH=/bin:/usr/bin"],
           "cwd": "/", "capabilities": {"bounding": %s, "effective": %s, "permitted": %s}},
         "root": {"path": "%s"}, "hostname": "load",
         "mounts": [
           {"destination": "/proc", "type": "proc", "source": "proc",
             "options": ["nosuid", "noexec", "nodev"]},
           {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
             "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
           {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
             "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]},
           {"destination": "/dev/shm", "type": "tmpfs", "source": "shm",
             "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
           {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue",
             "options": ["nosuid", "noexec", "nodev"]},
           {"destination": "/sys", "type": "sysfs", "source": "sysfs",
             "options": ["nosuid", "noexec", "nodev", "ro"]},
           {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
             "options": ["nosuid", "noexec", "nodev", "ro"]}],
         "linux": {"cgroupsPath": "/kuber-load-%s",
           "resources": {"devices": [{"allow": false, "access": "rwm"}]},
           "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"},
             {"type": "mount"}, {"type": "cgroup"}],
           "maskedPaths": ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list",
             "/proc/sched_debug", "/proc/scsi", "/sys/firmware"],
           "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
             "/proc/sysrq-trigger"],
           "seccomp": {"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"],
             "syscalls": [{"names": %s, "action": "SCMP_ACT_ALLOW"}]}}}
        """
            .formatted(
                json(List.of(command).stream()),
                capabilities(),
                capabilities(),
                capabilities(),
                root,
                id,
                json(filter.stream().map(line -> line.split(" ")[0]))));
  }

  private static String capabilities() {
    List<String> names = new ArrayList<>();
    Capability.DEFAULT.forEach(capability -> names.add("CAP_" + capability));
    return json(names.stream());
  }

  private static String json(Stream<String> texts) {
    return texts.map(text -> '"' + text + '"').collect(Collectors.joining(", ", "[", "]"));
  }
}
