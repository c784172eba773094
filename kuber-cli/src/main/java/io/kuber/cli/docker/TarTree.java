package io.kuber.cli.docker;

import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Writes files, links and directories of this machine to an archive. */
final class TarTree {
  private static final String ATTRIBUTES = "unix:mode,uid,gid,lastModifiedTime,size";
  private static final int PERMISSIONS = 07777;

  private final TarWriter out;
  private final boolean asRoot;

  /** {@code asRoot} says that all of it is to be root's, whoever has it here. */
  TarTree(TarWriter out, boolean asRoot) {
    this.out = out;
    this.asRoot = asRoot;
  }

  /**
   * Writes a file or directory with all that is in it, in the order of the names.
   *
   * @param name in the archive; empty for the archive's root, which has no entry of its own
   * @param wanted is asked with a name in the archive, before each entry
   * @param enters is asked the same of directories that are not wanted
   */
  void add(Path file, String name, Predicate<String> wanted, Predicate<String> enters)
      throws IOException {
    boolean directory = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    boolean has = !name.isEmpty() && wanted.test(name);
    if (has) {
      write(file, name, directory);
    }
    if (directory && (name.isEmpty() || has || enters.test(name))) {
      for (Path child : children(file)) {
        String below = name.isEmpty() ? "" : name + "/";
        add(child, below + child.getFileName(), wanted, enters);
      }
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    }
    children.sort(Comparator.comparing(child -> child.getFileName().toString()));
    return children;
  }

  private void write(Path file, String name, boolean directory) throws IOException {
    Map<String, Object> facts = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    if (directory) {
      out.add(entry(name, TarEntry.Type.DIRECTORY, facts, 0, ""));
    } else if (Files.isSymbolicLink(file)) {
      String link = Files.readSymbolicLink(file).toString();
      out.add(entry(name, TarEntry.Type.SYMBOLIC_LINK, facts, 0, link));
    } else if (Files.isRegularFile(file)) {
      try (InputStream content = Files.newInputStream(file)) {
        long size = number(facts, "size");
        out.add(entry(name, TarEntry.Type.FILE, facts, size, ""), content);
      }
    } else {
      throw new IOException(
          file + " is no file, directory or link; sockets and pipes cannot be sent");
    }
  }

  private TarEntry entry(
      String name, TarEntry.Type type, Map<String, Object> facts, long size, String link) {
    return new TarEntry(
        name,
        type,
        (int) number(facts, "mode") & PERMISSIONS,
        asRoot ? 0 : (int) number(facts, "uid"),
        asRoot ? 0 : (int) number(facts, "gid"),
        size,
        seconds(facts),
        0,
        link,
        0,
        0,
        Map.of());
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static long seconds(Map<String, Object> facts) {
    return facts.get("lastModifiedTime") instanceof FileTime time ? time.to(TimeUnit.SECONDS) : 0;
  }
}
