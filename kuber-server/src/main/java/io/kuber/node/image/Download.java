package io.kuber.node.image;

import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.ImageSource;
import io.kuber.node.image.registry.ImageSource.Blob;
import io.kuber.node.image.registry.SourceException;
import io.kuber.node.image.registry.SourceException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Fetches blobs of one source and believes them only when size and digest are right. What came of a
 * blob stays in its file, and the next attempt asks for the rest.
 */
final class Download {
  /** A larger layer, packed, is a mistake or an attack. */
  private static final long LARGEST_BLOB = 32L << 30;

  /** What a download leaves free on the disk. */
  private static final long FREE_BYTES = 512L << 20;

  private static final int BUFFER_BYTES = 128 << 10;

  private final ImageSource source;
  private final Retries retries;
  private final PullNews news;

  Download(ImageSource source, Retries retries) {
    this(source, retries, PullNews.NONE);
  }

  /** A download that tells how far it is. */
  Download(ImageSource source, Retries retries, PullNews news) {
    this.source = source;
    this.retries = retries;
    this.news = news;
  }

  PullNews news() {
    return news;
  }

  /** A small blob, such as a configuration. */
  byte[] bytes(Descriptor wanted, int most) throws IOException {
    if (wanted.size() > most) {
      throw wrong(wanted, "has " + wanted.size() + " bytes; " + most + " may be");
    }
    return retries.run(
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream((int) wanted.size());
          try (Blob blob = source.blob(wanted.digest(), 0)) {
            copy(wanted, blob.bytes(), out, 0);
          }
          byte[] bytes = out.toByteArray();
          if (!wanted.digest().isOf(bytes)) {
            throw wrong(wanted, "has another digest");
          }
          return bytes;
        });
  }

  /** A blob in a file, complete and right when this returns. */
  void file(Descriptor wanted, Path file) throws IOException {
    if (wanted.size() > LARGEST_BLOB) {
      throw wrong(wanted, "has " + wanted.size() + " bytes; " + LARGEST_BLOB + " may be");
    }
    boolean resumed = Files.exists(file);
    try {
      complete(wanted, file);
    } catch (SourceException e) {
      if (!resumed || e.kind() != Kind.WRONG) {
        throw e;
      }
      // What an earlier pull left may be what was wrong.
      complete(wanted, file);
    }
  }

  private void complete(Descriptor wanted, Path file) throws IOException {
    retries.run(
        () -> {
          fetchRest(wanted, file);
          return file;
        });
    String hex = digest(wanted, file);
    if (!hex.equals(wanted.digest().hex())) {
      Files.delete(file);
      throw wrong(wanted, "has the digest " + wanted.digest().algorithm() + ":" + hex);
    }
  }

  private void fetchRest(Descriptor wanted, Path file) throws IOException {
    long here = Files.exists(file) ? Files.size(file) : 0;
    if (here > wanted.size()) {
      Files.delete(file);
      here = 0;
    }
    if (here == wanted.size() && Files.exists(file)) {
      return;
    }
    checkRoom(wanted, file, wanted.size() - here);
    try (Blob blob = source.blob(wanted.digest(), here);
        OutputStream out = open(file, blob.from() == here && here > 0)) {
      copy(wanted, blob.bytes(), out, blob.from());
    }
  }

  private static OutputStream open(Path file, boolean continues) throws IOException {
    return Files.newOutputStream(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        continues ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void checkRoom(Descriptor wanted, Path file, long coming) throws IOException {
    FileStore disk = Files.getFileStore(file.toAbsolutePath().getParent());
    if (disk.getUsableSpace() - coming < FREE_BYTES) {
      throw new SourceException(
          Kind.WRONG,
          "blob %s of %s does not fit: it has %d bytes, %d are free and %d have to stay so"
              .formatted(
                  wanted.digest(), source.place(), coming, disk.getUsableSpace(), FREE_BYTES));
    }
  }

  private void copy(Descriptor wanted, InputStream in, OutputStream out, long from)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long count = from;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      count += read;
      if (count > wanted.size()) {
        throw wrong(wanted, "is longer than its " + wanted.size() + " bytes");
      }
      out.write(buffer, 0, read);
      news.downloading(wanted, count);
    }
    if (count < wanted.size()) {
      throw new EOFException(
          "blob %s of %s ended after %d of %d bytes"
              .formatted(wanted.digest(), source.place(), count, wanted.size()));
    }
  }

  private static String digest(Descriptor wanted, Path file) throws IOException {
    MessageDigest hasher = wanted.digest().hasher();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hasher.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(hasher.digest());
  }

  private SourceException wrong(Descriptor wanted, String why) {
    return new SourceException(
        Kind.WRONG, "blob " + wanted.digest() + " of " + source.place() + " " + why);
  }
}
