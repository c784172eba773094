package io.kuber.node.volume;

import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives files to the pod's {@code fsGroup}: the group owns them and may do with them what the
 * volume allows, and what is made in directories belongs to it too (upstream
 * pkg/volume/volume_linux.go).
 *
 * <p>Other pods may write to a claimed volume meanwhile. Each file is therefore opened below the
 * volume without following any link, and changed through its descriptor: who puts a link in the
 * place of a file gets nothing changed elsewhere.
 */
final class FileGroup {
  private static final Logger LOG = LoggerFactory.getLogger(FileGroup.class);

  private static final int READ = 0440;
  private static final int READ_WRITE = 0660;
  private static final int ENTER = 0110;
  private static final int INHERIT = 02000;
  private static final int PERMISSIONS = 07777;
  private static final long NO_LINK =
      Uapi.RESOLVE_BENEATH | Uapi.RESOLVE_NO_SYMLINKS | Uapi.RESOLVE_NO_MAGICLINKS;

  private final Syscalls linux = Syscalls.linux();
  private final OptionalLong group;
  private final boolean onlyOnMismatch;
  private final int rights;

  private FileGroup(OptionalLong group, boolean onlyOnMismatch, int rights) {
    this.group = group;
    this.onlyOnMismatch = onlyOnMismatch;
    this.rights = rights;
  }

  static FileGroup of(VolumePod pod, boolean readOnly) {
    return new FileGroup(pod.group(), pod.onlyOnMismatch(), readOnly ? READ : READ_WRITE);
  }

  /** Gives a tree away, unless its root shows that this was done before and that is enough. */
  void give(Path root) throws IOException {
    if (!onlyOnMismatch || !isGiven(root)) {
      giveAll(root);
    }
  }

  private boolean isGiven(Path root) throws IOException {
    int wanted = rights | ENTER | INHERIT;
    return group.isPresent()
        && ((Number) Files.getAttribute(root, "unix:gid")).longValue() == group.getAsLong()
        && (mode(root) & wanted) == wanted;
  }

  /** Gives a tree away; does nothing when the pod asks for no group. */
  void giveAll(Path root) throws IOException {
    if (group.isEmpty()) {
      return;
    }
    int volume = linux.open(root.toString(), Uapi.O_PATH, 0);
    try {
      Files.walkFileTree(root, new Gift(root, volume));
    } finally {
      linux.close(volume);
    }
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & PERMISSIONS;
  }

  /** Visits a volume and gives away what it finds. */
  private final class Gift extends SimpleFileVisitor<Path> {
    private final Path root;
    private final int volume;

    Gift(Path root, int volume) {
      this.root = root;
      this.volume = volume;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      give(directory, rights | ENTER | INHERIT);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!attributes.isSymbolicLink()) {
        give(file, rights);
      }
      return FileVisitResult.CONTINUE;
    }

    /** What is gone by now, or was exchanged, is nothing to give. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      LOG.debug("{} is not given to its group: {}", file, failure.toString());
      return FileVisitResult.CONTINUE;
    }

    private void give(Path path, int added) throws IOException {
      String way = path.equals(root) ? "." : root.relativize(path).toString();
      int opened;
      try {
        opened = linux.openBelow(volume, way, Uapi.O_PATH, 0, NO_LINK);
      } catch (SyscallException e) {
        LOG.debug("{} is not given to its group: {}", path, e.getMessage());
        return;
      }
      try {
        Path inode = Path.of("/proc/self/fd", Integer.toString(opened));
        Files.setAttribute(inode, "unix:gid", (int) group.getAsLong());
        Files.setAttribute(inode, "unix:mode", mode(inode) | added);
      } finally {
        linux.close(opened);
      }
    }
  }
}
