package io.kuber.engine.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Json;
import io.kuber.linux.Uapi;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * What clients want to know of a file before they copy it.
 *
 * @param name its own
 * @param mode as the kernel has it, with the kind of file
 * @param link where it leads if it is a symbolic link; empty for others
 */
record FileStat(String name, long size, int mode, FileTime changed, String link) {
  /** Go's bits of kinds of files (io/fs, FileMode). */
  private static final long GO_DIRECTORY = 1L << 31;

  private static final long GO_LINK = 1L << 27;
  private static final long GO_DEVICE = 1L << 26;
  private static final long GO_PIPE = 1L << 25;
  private static final long GO_SOCKET = 1L << 24;
  private static final long GO_SETUID = 1L << 23;
  private static final long GO_SETGID = 1L << 22;
  private static final long GO_CHARACTER_DEVICE = 1L << 21;
  private static final long GO_STICKY = 1L << 20;

  /** Of a file that is there; a link is not followed. */
  static FileStat of(Path file, String name) throws IOException {
    Map<String, Object> about = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    int mode = ((Number) Objects.requireNonNull(about.get("mode"))).intValue();
    boolean isLink = (mode & Uapi.S_IFMT) == Uapi.S_IFLNK;
    return new FileStat(
        name,
        ((Number) Objects.requireNonNull(about.get("size"))).longValue(),
        mode,
        (FileTime) Objects.requireNonNull(about.get("lastModifiedTime")),
        isLink ? Files.readSymbolicLink(file).toString() : "");
  }

  /** The value of {@code X-Docker-Container-Path-Stat}. */
  String header() {
    Tree tree =
        Tree.of(
            "name", name,
            "size", size,
            "mode", goMode(),
            "mtime", changed.toInstant().toString(),
            "linkTarget", link);
    return Base64.getEncoder().encodeToString(new String(Json.print(tree), UTF_8).getBytes(UTF_8));
  }

  long goMode() {
    long kind =
        switch (mode & Uapi.S_IFMT) {
          case Uapi.S_IFDIR -> GO_DIRECTORY;
          case Uapi.S_IFLNK -> GO_LINK;
          case Uapi.S_IFBLK -> GO_DEVICE;
          case Uapi.S_IFCHR -> GO_DEVICE | GO_CHARACTER_DEVICE;
          case Uapi.S_IFIFO -> GO_PIPE;
          case Uapi.S_IFREG -> 0;
          default -> GO_SOCKET;
        };
    return kind
        | (mode & 0777)
        | ((mode & 04000) != 0 ? GO_SETUID : 0)
        | ((mode & 02000) != 0 ? GO_SETGID : 0)
        | ((mode & 01000) != 0 ? GO_STICKY : 0);
  }
}
