package io.kuber.node.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * Gives files to the pod's {@code fsGroup}: the group owns them and may do with them what the
 * volume allows, and what is made in directories belongs to it too (upstream
 * pkg/volume/volume_linux.go).
 */
final class FileGroup {
  private static final int READ = 0440;
  private static final int READ_WRITE = 0660;
  private static final int ENTER = 0110;
  private static final int INHERIT = 02000;
  private static final int PERMISSIONS = 07777;

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
    int gid = (int) group.getAsLong();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isSymbolicLink()) {
              Files.setAttribute(file, "unix:mode", mode(file) | rights);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(directory, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(directory, "unix:mode", mode(directory) | rights | ENTER | INHERIT);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & PERMISSIONS;
  }
}
