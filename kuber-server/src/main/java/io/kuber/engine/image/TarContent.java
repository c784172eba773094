package io.kuber.engine.image;

import io.kuber.linux.Uapi;
import io.kuber.node.image.layer.Compression;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.TarEntry;
import io.kuber.node.image.layer.TarReader;
import io.kuber.node.image.layer.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The layer that a copy becomes. Belongs to one thread. */
final class TarContent {
  private static final String XZ = "fd377a585a00";
  private static final String BZIP2 = "425a68";
  private static final int MAGIC_AT = 257;
  private static final int IMPLIED_MODE = 0755;
  private static final int PLAIN_MODE = 07777;

  private final FileView into;
  private final long now;
  private final Set<String> made = new HashSet<>();

  /**
   * @param into the image that is copied into
   * @param now the time of directories that have to be made, in seconds
   */
  TarContent(FileView into, long now) {
    this.into = into;
    this.now = now;
  }

  /**
   * What the copied files are to have.
   *
   * @param mode empty for what they have
   */
  record Owner(int uid, int gid, OptionalInt mode) {
    static final Owner ROOT = new Owner(0, 0, OptionalInt.empty());
  }

  /** Whether a file is an archive that {@code ADD} unpacks. */
  static boolean isArchive(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Compression.unpack(Files.newInputStream(file))) {
      byte[] block = in.readNBytes(512);
      return block.length == 512
          && new String(block, MAGIC_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    } catch (IOException e) {
      // What cannot be unpacked is copied as it is.
      return false;
    }
  }

  /** Whether a file is packed in a way that other engines unpack, and this one cannot. */
  static boolean isForeign(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String start = HexFormat.of().formatHex(in.readNBytes(XZ.length() / 2));
      return start.equals(XZ) || start.startsWith(BZIP2);
    }
  }

  /** Writes the archive of a copy. */
  void write(Copy copy, Owner owner, OutputStream out) throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      for (Map.Entry<String, Path> item : copy.items().entrySet()) {
        item(tar, item.getKey(), item.getValue(), owner);
      }
      for (Map.Entry<String, Path> archive : copy.archives().entrySet()) {
        unpack(tar, archive.getKey(), archive.getValue());
      }
    }
  }

  /** Writes an archive with a directory and those above it. */
  void writeDirectory(List<String> path, OutputStream out) throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      parents(tar, String.join("/", path) + "/");
    }
  }

  private void parents(TarWriter tar, String path) throws IOException {
    List<String> parts = new ArrayList<>();
    String[] all = path.split("/");
    int count = path.endsWith("/") ? all.length : all.length - 1;
    for (int i = 0; i < count; i++) {
      parts.add(all[i]);
      String directory = String.join("/", parts);
      if (!made.add(directory)) {
        continue;
      }
      Optional<Path> there = into.find(parts).filter(Files::isDirectory);
      if (there.isPresent()) {
        Map<String, Object> about = FileView.about(there.get());
        tar.add(
            entry(
                directory,
                TarEntry.Type.DIRECTORY,
                FileView.number(about, "mode"),
                FileView.number(about, "uid"),
                FileView.number(about, "gid"),
                about,
                ""));
      } else {
        tar.add(TarEntry.directory(directory, IMPLIED_MODE, now));
      }
    }
  }

  private static TarEntry entry(
      String path,
      TarEntry.Type type,
      int mode,
      int uid,
      int gid,
      Map<String, Object> about,
      String link) {
    FileTime time = (FileTime) Objects.requireNonNull(about.get("lastModifiedTime"), "time");
    boolean isFile = type == TarEntry.Type.FILE;
    long size =
        isFile ? ((Number) Objects.requireNonNull(about.get("size"), "size")).longValue() : 0;
    return new TarEntry(
        path,
        type,
        mode & PLAIN_MODE,
        uid,
        gid,
        size,
        time.to(TimeUnit.SECONDS),
        0,
        link,
        0,
        0,
        Map.of());
  }

  private void item(TarWriter tar, String path, Path file, Owner owner) throws IOException {
    parents(tar, path);
    Map<String, Object> about = FileView.about(file);
    int own = FileView.number(about, "mode");
    int mode = owner.mode().orElse(own);
    switch (own & Uapi.S_IFMT) {
      case Uapi.S_IFREG -> {
        try (InputStream in = Files.newInputStream(file)) {
          tar.add(entry(path, TarEntry.Type.FILE, mode, owner.uid(), owner.gid(), about, ""), in);
        }
      }
      case Uapi.S_IFLNK -> {
        String target = Files.readSymbolicLink(file).toString();
        tar.add(
            entry(
                path, TarEntry.Type.SYMBOLIC_LINK, 0777, owner.uid(), owner.gid(), about, target));
      }
      case Uapi.S_IFDIR -> directory(tar, path, owner, about, mode);
      default -> throw new IOException(path + " is neither a file nor a link nor a directory");
    }
  }

  /** A directory that is there keeps what it has. */
  private void directory(
      TarWriter tar, String path, Owner owner, Map<String, Object> about, int mode)
      throws IOException {
    if (into.find(FileView.parts(path)).filter(Files::isDirectory).isPresent()) {
      parents(tar, path + "/");
    } else if (made.add(path)) {
      tar.add(entry(path, TarEntry.Type.DIRECTORY, mode, owner.uid(), owner.gid(), about, ""));
    }
  }

  private void unpack(TarWriter tar, String directory, Path archive) throws IOException {
    parents(tar, directory + "/");
    try (InputStream in = Compression.unpack(Files.newInputStream(archive))) {
      TarReader reader = new TarReader(in, LayerLimits.DEFAULT);
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.get();
        List<String> parts = FileView.parts(entry.name());
        if (parts.isEmpty()) {
          continue;
        }
        String path = (directory.isEmpty() ? "" : directory + "/") + String.join("/", parts);
        parents(tar, path);
        String link =
            entry.type() == TarEntry.Type.HARD_LINK
                ? (directory.isEmpty() ? "" : directory + "/")
                    + String.join("/", FileView.parts(entry.link()))
                : entry.link();
        tar.add(moved(entry, path, link), new EntryStream(reader));
        if (entry.type() == TarEntry.Type.DIRECTORY) {
          made.add(path);
        }
      }
    }
  }

  private static TarEntry moved(TarEntry entry, String path, String link) {
    return new TarEntry(
        path,
        entry.type(),
        entry.mode(),
        entry.uid(),
        entry.gid(),
        entry.size(),
        entry.seconds(),
        entry.nanos(),
        link,
        entry.major(),
        entry.minor(),
        entry.attributes());
  }
}
