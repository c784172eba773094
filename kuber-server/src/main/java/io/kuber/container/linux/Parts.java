package io.kuber.container.linux;

import io.kuber.container.PartException;
import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds a part of a volume that containers may write to at the same time. The kernel itself walks
 * the path and refuses to leave the volume, so exchanging a link between a look and a use gains
 * nothing: what was opened is what gets mounted. Links inside of the volume are followed.
 *
 * <p>Upstream walks by hand for kernels without {@code openat2}
 * (pkg/volume/util/subpath/subpath_linux.go); kuber needs newer ones anyway.
 */
final class Parts {
  /** Parts of a path; a longer one is a mistake or an attack. */
  private static final int MOST_NAMES = 256;

  private static final long INSIDE = Uapi.RESOLVE_BENEATH | Uapi.RESOLVE_NO_MAGICLINKS;
  private static final long NO_LINK = INSIDE | Uapi.RESOLVE_NO_SYMLINKS;
  private static final int DIRECTORY = Uapi.O_RDONLY | Uapi.O_DIRECTORY;

  private final Syscalls linux;
  private final int root;
  private final String target;

  /**
   * Parts of a volume.
   *
   * @param root a descriptor of the volume
   * @param target of the mount, for messages
   */
  Parts(Syscalls linux, int root, String target) {
    this.linux = linux;
    this.root = root;
    this.target = target;
  }

  /** A descriptor of the part, which is made when it is missing; for the caller to close. */
  int open(String part) {
    try {
      return find(part);
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT)) {
        make(part);
      }
    }
    try {
      return find(part);
    } catch (SyscallException e) {
      throw refusal(part, false, e);
    }
  }

  private int find(String part) {
    return linux.openBelow(root, part, Uapi.O_PATH, 0, INSIDE);
  }

  private void make(String part) {
    List<String> names = List.of(part.split("/+"));
    if (names.size() > MOST_NAMES) {
      throw new PartException(
          target, true, "more than " + MOST_NAMES + " names in " + part, new IOException(part));
    }
    try (Descriptors opened = new Descriptors(linux)) {
      int mode = modeOf(root);
      int parent = opened.add(linux.openBelow(root, ".", DIRECTORY, 0, INSIDE));
      for (int i = 0; i < names.size(); i++) {
        String way = String.join("/", names.subList(0, i + 1));
        parent = opened.add(step(parent, way, names.get(i), mode));
      }
    } catch (SyscallException e) {
      throw refusal(part, true, e);
    }
  }

  /** The directory that {@code way} leads to; made in {@code parent} when it is not there. */
  private int step(int parent, String way, String name, int mode) {
    try {
      return linux.openBelow(root, way, DIRECTORY, 0, INSIDE);
    } catch (SyscallException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
    try {
      linux.makeDirectory(parent, name, mode);
    } catch (SyscallException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
    }
    int made = linux.openBelow(parent, name, DIRECTORY, 0, NO_LINK);
    linux.chmod(made, mode);
    return made;
  }

  private static int modeOf(int descriptor) {
    try {
      Path opened = Path.of("/proc/self/fd", Integer.toString(descriptor));
      return (int) Files.getAttribute(opened, "unix:mode") & 07777;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PartException refusal(String part, boolean missing, SyscallException cause) {
    String what =
        cause.is(Errno.EXDEV) || cause.is(Errno.ELOOP)
            ? "leads out of its volume"
            : "cannot be opened: " + cause.getMessage();
    return new PartException(
        target, missing, "the part " + part + " to mount at " + target + " " + what, cause);
  }
}
