package io.kuber.kuard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Shows the container's files as far as the process may read them; never writes. */
final class FileBrowser {
  /** What a listing tells of one file. The size of a directory is 0. */
  record Entry(String name, boolean isDirectory, long size) {}

  /** A directory and what is in it, directories first. */
  record Listing(Path directory, List<Entry> entries, boolean isCut) {}

  static final int MAX_ENTRIES = 2000;
  private static final long MAX_FILE = 1L << 30;

  private final Path root;

  FileBrowser(Path root) {
    this.root = root;
  }

  /** The place that the URL names; {@code ..} cannot lead out of the root. */
  Path place(String path) {
    try {
      return root.resolve(Path.of("/" + path).normalize().toString().substring(1));
    } catch (InvalidPathException e) {
      throw Refusal.badRequest("not a path: " + path);
    }
  }

  Listing list(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    boolean isCut = false;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        isCut = entries.size() == MAX_ENTRIES;
        if (isCut) {
          break;
        }
        entries.add(entry(file));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.comparing((Entry e) -> !e.isDirectory).thenComparing(Entry::name));
    return new Listing(directory, entries, isCut);
  }

  /** The file as it is, always as plain text or bytes so that no browser runs what is in it. */
  static Reply send(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Refusal(403, file + " is neither a file nor a directory");
    }
    byte[] start;
    try (var in = Files.newInputStream(file)) {
      start = in.readNBytes(512);
    }
    String type = isText(start) ? "text/plain; charset=utf-8" : "application/octet-stream";
    return new Reply(200, type, Reply.UNKNOWN, out -> copy(file, out), Map.of());
  }

  /** Until its end rather than by its size: the size of files in /proc is always 0. */
  private static void copy(Path file, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 14];
    try (var in = Files.newInputStream(file)) {
      long left = MAX_FILE;
      for (int n; left > 0 && (n = in.read(buffer)) > 0; left -= n) {
        out.write(buffer, 0, n);
      }
    }
  }

  private static Entry entry(Path file) {
    boolean isDirectory = Files.isDirectory(file);
    long size = 0;
    try {
      size = isDirectory ? 0 : Files.size(file);
    } catch (IOException e) {
      // Gone or not ours to look at: the name is all that can be told.
    }
    return new Entry(file.getFileName().toString(), isDirectory, size);
  }

  private static boolean isText(byte[] start) {
    for (byte b : start) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }
}
