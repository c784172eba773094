package io.kuber.node.image.layer;

import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Packs what an overlay has written into its upper directory as a layer: what it marked as removed
 * becomes whiteouts (image-spec layer.md). Somebody may be writing there; every name is looked up
 * in a directory that is open, and none is followed.
 */
public final class ChangeArchive {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final String MARK = ".wh.";
  private static final String OPAQUE_MARK = ".wh..wh..opq";
  private static final String CAPABILITY = "security.capability";
  private static final int ATTRIBUTE_BYTES = 1024;
  private static final int LOOK = Uapi.O_RDONLY | Uapi.O_NOFOLLOW | Uapi.O_NONBLOCK;

  private final Syscalls linux;
  private final TarWriter tar;
  private final LayerLimits limits;
  private final Map<Object, String> linked = new HashMap<>();
  private int entries;

  private ChangeArchive(Syscalls linux, TarWriter tar, LayerLimits limits) {
    this.linux = linux;
    this.tar = tar;
    this.limits = limits;
  }

  /**
   * Writes the archive of a directory.
   *
   * @param out stays open
   */
  public static void write(Syscalls linux, Path upper, OutputStream out, LayerLimits limits)
      throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      ChangeArchive archive = new ChangeArchive(linux, tar, limits);
      int root = linux.open(upper.toString(), Uapi.O_RDONLY | Uapi.O_DIRECTORY, 0);
      try {
        archive.directory(root, "", 0);
      } finally {
        linux.close(root);
      }
    }
  }

  /**
   * Writes the archive of one file, or of a directory and all below it.
   *
   * @param directory a descriptor of where it is
   * @param name of the file there
   * @param as what it is called in the archive
   * @param out stays open
   */
  public static void write(
      Syscalls linux, int directory, String name, String as, OutputStream out, LayerLimits limits)
      throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      new ChangeArchive(linux, tar, limits).entry(directory, name, as, 0);
    }
  }

  private static Path at(int descriptor) {
    return DESCRIPTORS.resolve(Integer.toString(descriptor));
  }

  private void directory(int directory, String prefix, int depth) throws IOException {
    if (depth > limits.depth()) {
      throw new IOException(prefix + " is deeper than " + limits.depth() + " directories");
    }
    List<String> names;
    try (Stream<Path> all = Files.list(at(directory))) {
      names = all.map(each -> each.getFileName().toString()).sorted().toList();
    }
    for (String name : names) {
      entries++;
      if (entries > limits.entries()) {
        throw new IOException("there are more than " + limits.entries() + " files");
      }
      entry(directory, name, prefix + name, depth);
    }
  }

  private void entry(int directory, String name, String path, int depth) throws IOException {
    Path place = at(directory).resolve(name);
    Map<String, Object> about = Files.readAttributes(place, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = number(about, "mode");
    switch (mode & Uapi.S_IFMT) {
      case Uapi.S_IFDIR -> subdirectory(directory, name, path, about, depth);
      case Uapi.S_IFREG -> file(directory, name, path, about);
      case Uapi.S_IFLNK ->
          tar.add(
              entry(
                  path,
                  TarEntry.Type.SYMBOLIC_LINK,
                  about,
                  0,
                  Files.readSymbolicLink(place).toString(),
                  Map.of()));
      case Uapi.S_IFIFO -> tar.add(entry(path, TarEntry.Type.PIPE, about, 0, "", Map.of()));
      case Uapi.S_IFCHR -> device(path, name, TarEntry.Type.CHARACTER_DEVICE, about);
      case Uapi.S_IFBLK -> device(path, name, TarEntry.Type.BLOCK_DEVICE, about);
      default -> {
        // Sockets belong to processes, not to images.
      }
    }
  }

  private void device(String path, String name, TarEntry.Type type, Map<String, Object> about)
      throws IOException {
    boolean isMark = type == TarEntry.Type.CHARACTER_DEVICE && rdev(about) == 0;
    if (isMark) {
      String parent = path.substring(0, path.length() - name.length());
      tar.add(TarEntry.file(parent + MARK + name, 0, 0, 0));
    } else {
      tar.add(entry(path, type, about, 0, "", Map.of()));
    }
  }

  private void subdirectory(
      int directory, String name, String path, Map<String, Object> about, int depth)
      throws IOException {
    int opened = linux.openBelow(directory, name, LOOK | Uapi.O_DIRECTORY, 0, 0);
    try {
      tar.add(entry(path + "/", TarEntry.Type.DIRECTORY, about, 0, "", Map.of()));
      boolean isOpaque =
          linux
              .attribute(opened, Whiteouts.OPAQUE, ATTRIBUTE_BYTES)
              .filter(value -> value.length == 1 && value[0] == 'y')
              .isPresent();
      if (isOpaque) {
        tar.add(TarEntry.file(path + "/" + OPAQUE_MARK, 0, 0, 0));
      }
      directory(opened, path + "/", depth + 1);
    } finally {
      linux.close(opened);
    }
  }

  private void file(int directory, String name, String path, Map<String, Object> about)
      throws IOException {
    Object identity = List.of(about.getOrDefault("dev", ""), about.getOrDefault("ino", ""));
    if (number(about, "nlink") > 1) {
      String first = linked.putIfAbsent(identity, path);
      if (first != null) {
        tar.add(entry(path, TarEntry.Type.HARD_LINK, about, 0, first, Map.of()));
        return;
      }
    }
    int opened = linux.openBelow(directory, name, LOOK, 0, 0);
    try (InputStream in = Files.newInputStream(at(opened))) {
      Map<String, Object> now = Files.readAttributes(at(opened), "unix:*");
      if ((number(now, "mode") & Uapi.S_IFMT) != Uapi.S_IFREG) {
        throw new IOException(path + " has become something else meanwhile");
      }
      Map<String, byte[]> attributes = new HashMap<>();
      linux
          .attribute(opened, CAPABILITY, ATTRIBUTE_BYTES)
          .ifPresent(value -> attributes.put(CAPABILITY, value));
      long size = Files.size(at(opened));
      tar.add(entry(path, TarEntry.Type.FILE, now, size, "", attributes), in);
    } finally {
      linux.close(opened);
    }
  }

  private static int number(Map<String, Object> about, String name) {
    return ((Number) Objects.requireNonNull(about.get(name), name)).intValue();
  }

  private static long rdev(Map<String, Object> about) {
    return ((Number) Objects.requireNonNull(about.get("rdev"), "rdev")).longValue();
  }

  private static TarEntry entry(
      String path,
      TarEntry.Type type,
      Map<String, Object> about,
      long size,
      String link,
      Map<String, byte[]> attributes) {
    FileTime time = (FileTime) Objects.requireNonNull(about.get("lastModifiedTime"), "time");
    long device = rdev(about);
    return new TarEntry(
        path,
        type,
        number(about, "mode") & 07777,
        number(about, "uid"),
        number(about, "gid"),
        size,
        time.to(TimeUnit.SECONDS),
        0,
        link,
        (int) (device >>> 8 & 0xFFF | device >>> 32 & ~0xFFF),
        (int) (device & 0xFF | device >>> 12 & ~0xFF),
        attributes);
  }
}
