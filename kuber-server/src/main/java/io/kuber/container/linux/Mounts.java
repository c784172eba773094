package io.kuber.container.linux;

import io.kuber.container.ContainerMount;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The mounts that a container asks for. What comes from the machine is cloned and detached in
 * advance and attached after the change of root, so that no link in the image can lead it astray. A
 * mount comes before those below it, whatever the order in which they were asked for; of two at the
 * same place the later one is seen.
 */
final class Mounts {
  private static final int REGULAR_FILE = Uapi.S_IFREG | 0644;

  /**
   * A mount and its detached copy.
   *
   * @param descriptor of the copy, or -1 when it is made from nothing
   * @param directory whether it is one, rather than a file
   */
  private record Prepared(ContainerMount mount, int descriptor, boolean directory) {}

  private final List<Prepared> prepared = new ArrayList<>();

  /** Clones what is to be mounted; {@code opened} closes the clones. */
  Mounts(
      Syscalls linux, List<ContainerMount> mounts, Optional<OwnUsers> users, Descriptors opened) {
    MountSources sources = new MountSources(linux, users, opened);
    for (ContainerMount mount : mounts) {
      int descriptor = sources.open(mount);
      prepared.add(new Prepared(mount, descriptor, descriptor < 0 || isDirectory(descriptor)));
    }
    prepared.sort(Comparator.comparingInt(each -> depth(each.mount().target())));
  }

  private static boolean isDirectory(int descriptor) {
    return Files.isDirectory(Path.of("/proc/self/fd", Integer.toString(descriptor)));
  }

  private static int depth(String target) {
    return Path.of(target).normalize().getNameCount();
  }

  void addTo(Program program) {
    for (Prepared each : prepared) {
      String target = each.mount().target();
      if (each.mount() instanceof ContainerMount.Tmpfs tmpfs) {
        Filesystems.makeDirectories(program, target);
        String size = tmpfs.sizeBytes() == 0 ? "" : ",size=" + tmpfs.sizeBytes();
        long flags = Uapi.MS_NOSUID | Uapi.MS_NODEV | (tmpfs.executable() ? 0 : Uapi.MS_NOEXEC);
        String mode = "mode=" + Integer.toOctalString(tmpfs.mode());
        Filesystems.mount(program, "tmpfs", target, flags, mode + size);
      } else {
        attach(program, each, target);
      }
    }
  }

  private static void attach(Program program, Prepared each, String target) {
    if (each.directory()) {
      Filesystems.makeDirectories(program, target);
    } else {
      Filesystems.makeDirectories(program, target.substring(0, target.lastIndexOf('/')));
      program.attempt(Call.MKNODAT, Uapi.AT_FDCWD, target, REGULAR_FILE, 0);
    }
    program.must(
        Call.MOVE_MOUNT,
        new Inherited(each.descriptor()),
        "",
        Uapi.AT_FDCWD,
        target,
        Uapi.MOVE_MOUNT_F_EMPTY_PATH | Uapi.MOVE_MOUNT_T_SYMLINKS);
  }
}
