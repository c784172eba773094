package io.kuber.container.linux;

import static io.kuber.linux.Uapi.AT_FDCWD;
import static io.kuber.linux.Uapi.MS_BIND;
import static io.kuber.linux.Uapi.MS_NODEV;
import static io.kuber.linux.Uapi.MS_NOEXEC;
import static io.kuber.linux.Uapi.MS_NOSUID;
import static io.kuber.linux.Uapi.MS_RDONLY;
import static io.kuber.linux.Uapi.MS_REC;
import static io.kuber.linux.Uapi.MS_REMOUNT;
import static io.kuber.linux.Uapi.MS_STRICTATIME;

import io.kuber.linux.Call;
import io.kuber.linux.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The steps that mount what every container expects: proc, devices, queues, sysfs, cgroups. */
final class Filesystems {
  private static final long SAFE = MS_NOSUID | MS_NODEV | MS_NOEXEC;

  private static final Map<String, String> LINKS =
      Map.of(
          "/dev/fd", "/proc/self/fd",
          "/dev/stdin", "/proc/self/fd/0",
          "/dev/stdout", "/proc/self/fd/1",
          "/dev/stderr", "/proc/self/fd/2",
          "/dev/ptmx", "pts/ptmx");

  /** What containerd hides, and what it makes read-only, as far as this kernel has it. */
  private static final List<Path> MASKED =
      existing(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/sys/firmware",
          "/sys/devices/virtual/powercap");

  private static final List<Path> READ_ONLY =
      existing("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private Filesystems() {}

  private static List<Path> existing(String... paths) {
    return List.of(paths).stream().map(Path::of).filter(Files::exists).toList();
  }

  /** Adds proc and sysfs, which a privileged container may write to. */
  static void addKernel(Program program, boolean privileged) {
    makeDirectories(program, "/proc");
    mount(program, "proc", "/proc", SAFE, "");
    makeDirectories(program, "/sys");
    mount(program, "sysfs", "/sys", SAFE | (privileged ? 0 : MS_RDONLY), "");
  }

  /** Adds the mounts that come after; a privileged container may write to its control groups. */
  static void addTo(Program program, Cgroups cgroups, boolean privileged, DeviceNodes devices) {
    addDevices(program, devices);
    addCgroups(program, cgroups, SAFE | (privileged ? 0 : MS_RDONLY));
  }

  private static void addDevices(Program program, DeviceNodes devices) {
    makeDirectories(program, "/dev");
    mount(program, "tmpfs", "/dev", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k");
    devices.addTo(program);
    LINKS.forEach((link, target) -> program.must(Call.SYMLINKAT, target, AT_FDCWD, link));
    for (String directory : List.of("/dev/pts", "/dev/shm", "/dev/mqueue")) {
      program.must(Call.MKDIRAT, AT_FDCWD, directory, 0755);
    }
    String terminals = "newinstance,ptmxmode=0666,mode=0620,gid=5";
    mount(program, "devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, terminals);
    mount(program, "tmpfs", "/dev/shm", SAFE, "mode=1777,size=65536k");
    mount(program, "mqueue", "/dev/mqueue", SAFE, "");
  }

  private static void addCgroups(Program program, Cgroups cgroups, long flags) {
    String place = "/sys/fs/cgroup";
    if (cgroups.version() == 2) {
      mount(program, "cgroup2", place, flags, "");
    } else if (cgroups.version() == 1) {
      mount(program, "tmpfs", place, SAFE, "mode=755,size=64k");
      for (String controller : cgroups.controllers()) {
        String directory = place + "/" + controller;
        program.must(Call.MKDIRAT, AT_FDCWD, directory, 0755);
        // Controllers that are mounted together cannot be mounted one by one.
        program.attempt(Call.MOUNT, "cgroup", directory, "cgroup", flags, controller);
      }
      remount(program, place, flags);
    }
  }

  /**
   * Adds what hides the machine's secrets and switches. To come before what the pod mounts: a
   * volume at {@code /dev} whose {@code null} is a link would uncover instead of hide.
   */
  static void hide(Program program) {
    for (Path path : READ_ONLY) {
      program.must(Call.MOUNT, path.toString(), path.toString(), 0, MS_BIND | MS_REC, 0);
      remount(program, path.toString(), SAFE | MS_RDONLY);
    }
    for (Path path : MASKED) {
      if (Files.isDirectory(path)) {
        mount(program, "tmpfs", path.toString(), MS_RDONLY, "");
      } else {
        program.must(Call.MOUNT, "/dev/null", path.toString(), 0, MS_BIND, 0);
      }
    }
  }

  static void mount(Program program, String type, String target, long flags, String options) {
    program.must(Call.MOUNT, type, target, type, flags, options.isEmpty() ? (Object) 0 : options);
  }

  /** Changes the flags of a mount point alone. */
  static void remount(Program program, String target, long flags) {
    program.must(Call.MOUNT, "none", target, 0, MS_REMOUNT | MS_BIND | flags, 0);
  }

  /** Makes a directory and those above it; it is no matter when they are there already. */
  static void makeDirectories(Program program, String path) {
    for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      program.attempt(Call.MKDIRAT, AT_FDCWD, path.substring(0, slash), 0755);
    }
    program.attempt(Call.MKDIRAT, AT_FDCWD, path, 0755);
  }
}
