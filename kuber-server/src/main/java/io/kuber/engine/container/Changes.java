package io.kuber.engine.container;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a container has changed in the files of its image ({@code docker diff}). */
final class Changes {
  private static final int MOST = 1_000_000;

  /** Where the runtime mounts things in every container; the places are not the container's. */
  private static final Set<String> MADE =
      Set.of("/dev", "/proc", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf");

  private Changes() {}

  /** How a path was changed; the numbers are the Engine API's. */
  enum Kind {
    MODIFIED(0),
    ADDED(1),
    DELETED(2);

    private final long number;

    Kind(long number) {
      this.number = number;
    }

    long number() {
      return number;
    }
  }

  /** A path that was changed. */
  record Change(String path, Kind kind) {}

  /**
   * All changes, by path.
   *
   * @param written what the container has written; empty before its first run
   * @param image the layers of its image, topmost first
   */
  static List<Change> read(Syscalls linux, Optional<Path> written, List<Path> image)
      throws IOException {
    if (written.isEmpty()) {
      return List.of();
    }
    Set<String> paths = new TreeSet<>();
    collect(written.get(), "", paths);
    List<Path> now = new ArrayList<>(List.of(written.get()));
    now.addAll(image);
    List<Change> changes = new ArrayList<>();
    try (RootView before = RootView.of(linux, image);
        RootView after = RootView.of(linux, now)) {
      for (String path : paths) {
        boolean was = isThere(linux, before.root(), path);
        boolean is = isThere(linux, after.root(), path);
        if (was || is) {
          Kind kind = was ? is ? Kind.MODIFIED : Kind.DELETED : Kind.ADDED;
          changes.add(new Change(path, kind));
        }
      }
    }
    return changes;
  }

  private static void collect(Path directory, String prefix, Set<String> into) throws IOException {
    List<Path> all;
    try (Stream<Path> list = Files.list(directory)) {
      all = list.toList();
    }
    for (Path each : all) {
      String path = prefix + "/" + each.getFileName();
      if (MADE.contains(path)) {
        continue;
      }
      into.add(path);
      if (into.size() > MOST) {
        throw new IOException("the container has changed more than " + MOST + " files");
      }
      if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        collect(each, path, into);
      }
    }
  }

  private static boolean isThere(Syscalls linux, int root, String path) {
    int slash = path.lastIndexOf('/');
    String parent = slash == 0 ? "." : path.substring(1, slash);
    try {
      int directory =
          linux.openBelow(
              root,
              parent,
              Uapi.O_PATH | Uapi.O_DIRECTORY,
              0,
              Uapi.RESOLVE_IN_ROOT | Uapi.RESOLVE_NO_SYMLINKS);
      try {
        return linux.mode(directory, path.substring(slash + 1)) != 0;
      } finally {
        linux.close(directory);
      }
    } catch (SyscallException e) {
      if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
        return false;
      }
      throw e;
    }
  }
}
