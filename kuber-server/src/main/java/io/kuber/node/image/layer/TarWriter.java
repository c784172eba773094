package io.kuber.node.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes an archive entry by entry, with POSIX headers and an extended one where they are too small
 * (POSIX pax). The same entries give the same bytes. Belongs to one thread.
 */
public final class TarWriter implements AutoCloseable {
  private static final int NAME_BYTES = 100;
  private static final int BUFFER_BYTES = 128 << 10;
  private static final long LARGEST_OCTAL = 077777777777L;
  private static final int LARGEST_SHORT_OCTAL = 07777777;
  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final InputStream NOTHING = InputStream.nullInputStream();

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Writes to {@code out}, which is the caller's to close. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes an entry without content. */
  public void add(TarEntry entry) throws IOException {
    add(entry, NOTHING);
  }

  /**
   * Writes an entry.
   *
   * @param content at least {@code entry.size()} bytes, for the caller to close
   * @throws EOFException when there are fewer
   */
  public void add(TarEntry entry, InputStream content) throws IOException {
    Map<String, byte[]> records = extended(entry);
    if (!records.isEmpty()) {
      byte[] body = body(records);
      out.write(header(TarEntry.file("pax_header", 0644, body.length, 0), 'x'));
      out.write(body);
      pad(body.length);
    }
    out.write(header(entry, flag(entry.type())));
    if (entry.type() == TarEntry.Type.FILE) {
      copy(content, entry.size());
      pad(entry.size());
    }
  }

  private void copy(InputStream content, long size) throws IOException {
    for (long left = size; left > 0; ) {
      int count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("the file ends " + left + " bytes too early");
      }
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) (-size & (TarHeader.BLOCK - 1))]);
  }

  private static Map<String, byte[]> extended(TarEntry entry) {
    Map<String, byte[]> records = new TreeMap<>();
    String name = name(entry);
    if (!fits(name)) {
      records.put("path", name.getBytes(UTF_8));
    }
    if (!fits(entry.link())) {
      records.put("linkpath", entry.link().getBytes(UTF_8));
    }
    if (entry.size() > LARGEST_OCTAL) {
      put(records, "size", Long.toString(entry.size()));
    }
    if (entry.uid() > LARGEST_SHORT_OCTAL) {
      put(records, "uid", Integer.toString(entry.uid()));
    }
    if (entry.gid() > LARGEST_SHORT_OCTAL) {
      put(records, "gid", Integer.toString(entry.gid()));
    }
    if (entry.seconds() < 0 || entry.seconds() > LARGEST_OCTAL) {
      put(records, "mtime", Long.toString(entry.seconds()));
    }
    entry.attributes().forEach((key, value) -> records.put(ATTRIBUTE + key, value));
    return records;
  }

  private static void put(Map<String, byte[]> records, String key, String value) {
    records.put(key, value.getBytes(UTF_8));
  }

  private static String name(TarEntry entry) {
    boolean bare = entry.type() == TarEntry.Type.DIRECTORY && !entry.name().endsWith("/");
    return bare ? entry.name() + "/" : entry.name();
  }

  private static boolean fits(String text) {
    return text.length() <= NAME_BYTES && text.chars().allMatch(each -> each > 0 && each < 128);
  }

  private static byte[] body(Map<String, byte[]> records) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    records.forEach(
        (key, value) -> {
          int rest = key.getBytes(UTF_8).length + value.length + 3;
          int length = rest + Integer.toString(rest).length();
          length = rest + Integer.toString(length).length();
          body.writeBytes((length + " " + key + "=").getBytes(UTF_8));
          body.writeBytes(value);
          body.write('\n');
        });
    return body.toByteArray();
  }

  private static char flag(TarEntry.Type type) {
    return switch (type) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case SYMBOLIC_LINK -> '2';
      case CHARACTER_DEVICE -> '3';
      case BLOCK_DEVICE -> '4';
      case DIRECTORY -> '5';
      case PIPE -> '6';
    };
  }

  private static byte[] header(TarEntry entry, char flag) {
    byte[] header = new byte[TarHeader.BLOCK];
    text(header, 0, name(entry));
    octal(header, 100, 8, entry.mode() & 07777);
    octal(header, 108, 8, Math.min(entry.uid(), LARGEST_SHORT_OCTAL));
    octal(header, 116, 8, Math.min(entry.gid(), LARGEST_SHORT_OCTAL));
    octal(header, 124, 12, Math.min(entry.size(), LARGEST_OCTAL));
    octal(header, 136, 12, Math.max(0, Math.min(entry.seconds(), LARGEST_OCTAL)));
    header[156] = (byte) flag;
    text(header, 157, entry.link());
    System.arraycopy("ustar\00000".getBytes(UTF_8), 0, header, 257, 8);
    octal(header, 329, 8, entry.major());
    octal(header, 337, 8, entry.minor());
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    octal(header, 148, 7, sum);
    return header;
  }

  /** What does not fit stands in an extended header. */
  private static void text(byte[] header, int at, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    System.arraycopy(encoded, 0, header, at, Math.min(encoded.length, NAME_BYTES));
  }

  private static void octal(byte[] header, int at, int length, long value) {
    byte[] digits = ("%0" + (length - 1) + "o").formatted(value).getBytes(UTF_8);
    System.arraycopy(digits, 0, header, at, digits.length);
  }

  /** Ends the archive; the stream stays open. */
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * TarHeader.BLOCK]);
    out.flush();
  }
}
