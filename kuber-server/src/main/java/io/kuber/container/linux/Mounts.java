package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerMount;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.Errno;
import io.kuber.linux.Program;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The mounts that a container asks for. What comes from the machine is cloned and detached in
 * advance and attached after the change of root, so that no link in the image can lead it astray.
 */
final class Mounts {
  private static final int REGULAR_FILE = Uapi.S_IFREG | 0644;

  /** A mount with the descriptor of its detached copy, or -1 when it is made from nothing. */
  private record Prepared(ContainerMount mount, int descriptor) {}

  private final List<Prepared> prepared = new ArrayList<>();

  /** Clones what is to be bound; {@code opened} closes the clones. */
  Mounts(Syscalls linux, List<ContainerMount> mounts, Descriptors opened) {
    for (ContainerMount mount : mounts) {
      int descriptor =
          mount instanceof ContainerMount.Bind bind ? opened.add(copy(linux, bind)) : -1;
      prepared.add(new Prepared(mount, descriptor));
    }
  }

  private static int copy(Syscalls linux, ContainerMount.Bind bind) {
    try {
      int flags = Uapi.OPEN_TREE_CLONE | Uapi.AT_RECURSIVE;
      int tree = linux.openTree(bind.source().toString(), flags);
      long readOnly = bind.readOnly() ? Uapi.MOUNT_ATTR_RDONLY : 0;
      linux.mountAttributes(tree, Uapi.AT_RECURSIVE, readOnly, Uapi.MS_PRIVATE);
      return tree;
    } catch (SyscallException e) {
      throw new ContainerException(
          e.is(Errno.ENOENT)
              ? "cannot mount " + bind.source() + " at " + bind.target() + ": it does not exist"
              : "cannot mount " + bind.source() + " at " + bind.target() + ": " + e.getMessage(),
          e);
    }
  }

  void addTo(Program program) {
    for (Prepared each : prepared) {
      if (each.mount() instanceof ContainerMount.Bind bind) {
        attach(program, bind, each.descriptor());
      } else if (each.mount() instanceof ContainerMount.Tmpfs tmpfs) {
        Filesystems.makeDirectories(program, tmpfs.target());
        String size = tmpfs.sizeBytes() == 0 ? "" : ",size=" + tmpfs.sizeBytes();
        long flags = Uapi.MS_NOSUID | Uapi.MS_NODEV;
        Filesystems.mount(program, "tmpfs", tmpfs.target(), flags, "mode=1777" + size);
      }
    }
  }

  private static void attach(Program program, ContainerMount.Bind bind, int descriptor) {
    String target = bind.target();
    if (Files.isDirectory(bind.source())) {
      Filesystems.makeDirectories(program, target);
    } else {
      Filesystems.makeDirectories(program, target.substring(0, target.lastIndexOf('/')));
      program.attempt(Call.MKNODAT, Uapi.AT_FDCWD, target, REGULAR_FILE, 0);
    }
    program.must(
        Call.MOVE_MOUNT,
        new Inherited(descriptor),
        "",
        Uapi.AT_FDCWD,
        target,
        Uapi.MOVE_MOUNT_F_EMPTY_PATH | Uapi.MOVE_MOUNT_T_SYMLINKS);
  }
}
