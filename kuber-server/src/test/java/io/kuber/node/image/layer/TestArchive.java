package io.kuber.node.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** An archive of a test's own making, entry by entry, the impossible ones included. */
public final class TestArchive {
  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int LINK = 157;
  private static final int TEXT_LENGTH = 100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int mode = 0644;
  private int uid;
  private int gid;

  /** What later entries have as permissions and owner. */
  public TestArchive as(int newMode, int newUid, int newGid) {
    mode = newMode;
    uid = newUid;
    gid = newGid;
    return this;
  }

  public TestArchive file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  public TestArchive file(String name, byte[] content) {
    entry('0', name, "", content.length, 0, 0);
    return content(content);
  }

  public TestArchive directory(String name) {
    return entry('5', name, "", 0, 0, 0);
  }

  public TestArchive symbolicLink(String name, String target) {
    return entry('2', name, target, 0, 0, 0);
  }

  public TestArchive hardLink(String name, String target) {
    return entry('1', name, target, 0, 0, 0);
  }

  public TestArchive device(char type, String name, int major, int minor) {
    return entry(type, name, "", 0, major, minor);
  }

  /** A header that promises content, without any. */
  public TestArchive promise(String name, long size) {
    return entry('0', name, "", size, 0, 0);
  }

  /** An extended header for the entry that follows; the value may be any bytes. */
  public TestArchive extended(String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    byte[] head = (length + " " + key + "=").getBytes(UTF_8);
    byte[] record = Arrays.copyOf(head, length);
    System.arraycopy(value, 0, record, head.length, value.length);
    record[length - 1] = '\n';
    entry('x', "header", "", record.length, 0, 0);
    return content(record);
  }

  /** Another entry of any type, whose content is given. */
  public TestArchive raw(char type, String name, byte[] content) {
    entry(type, name, "", content.length, 0, 0);
    return content(content);
  }

  private TestArchive entry(char type, String name, String link, long size, int major, int minor) {
    byte[] header = new byte[BLOCK];
    text(header, NAME, name);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, uid);
    octal(header, 116, 8, gid);
    if (size >= 1L << 33) {
      header[124] = (byte) 0x80;
      for (int i = 0; i < Long.BYTES; i++) {
        header[124 + 4 + i] = (byte) (size >>> (56 - 8 * i));
      }
    } else {
      octal(header, 124, 12, size);
    }
    octal(header, 136, 12, 1_000_000_000);
    header[156] = (byte) type;
    text(header, LINK, link);
    System.arraycopy("ustar\00000".getBytes(UTF_8), 0, header, 257, 8);
    octal(header, 329, 8, major);
    octal(header, 337, 8, minor);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    octal(header, 148, 7, sum);
    bytes.writeBytes(header);
    return this;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] encoded = text.getBytes(UTF_8);
    if (encoded.length > TEXT_LENGTH) {
      throw new IllegalArgumentException(text + " needs an extended header");
    }
    System.arraycopy(encoded, 0, header, at, encoded.length);
  }

  private static void octal(byte[] header, int at, int length, long value) {
    byte[] digits = ("%0" + (length - 1) + "o").formatted(value).getBytes(UTF_8);
    System.arraycopy(digits, 0, header, at, digits.length);
    header[at + digits.length] = 0;
  }

  private TestArchive content(byte[] content) {
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[-content.length & (BLOCK - 1)]);
    return this;
  }

  /** The archive with the two empty blocks that end it. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(bytes.toByteArray());
    all.writeBytes(new byte[2 * BLOCK]);
    return all.toByteArray();
  }

  public byte[] gzip() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
