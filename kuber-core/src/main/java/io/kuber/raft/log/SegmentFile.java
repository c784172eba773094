package io.kuber.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the log: a header of eight bytes and then entries, each its length as a varint, the
 * entry, and the CRC-32C of both; in the segment that is being written zeros fill the rest.
 *
 * <p>Ratis would refuse a log whose last entry was half written by a power cut, or, asked to be
 * lenient, also drop acknowledged entries behind a flipped bit. Here only what an interrupted write
 * can leave is cut off: an entry in the open segment that runs behind the end of the file, or of
 * which a whole sector was never written. Such an entry was not synced, hence not acknowledged. Any
 * other damage is an error that names file and byte.
 */
final class SegmentFile {
  /** The largest log entry that is believed. */
  static final int MAX_ENTRY_BYTES = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);

  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
  private static final long NO_END = -1;

  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int SECTOR_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 5;

  private final Path path;
  private final long first;
  private final long last;
  private final ByteBuffer bytes;

  private SegmentFile(Path path, long first, long last, ByteBuffer bytes) {
    this.path = path;
    this.first = first;
    this.last = last;
    this.bytes = bytes;
  }

  /** Receives entries as bytes. */
  @FunctionalInterface
  interface Reader {
    void entry(ByteBuffer entry) throws IOException;
  }

  static boolean isOne(Path path) {
    String name = name(path);
    return CLOSED.matcher(name).matches() || OPEN.matcher(name).matches();
  }

  static SegmentFile of(Path path) throws IOException {
    Matcher closed = CLOSED.matcher(name(path));
    Matcher open = OPEN.matcher(name(path));
    if (closed.matches()) {
      return new SegmentFile(
          path, Long.parseLong(closed.group(1)), Long.parseLong(closed.group(2)), map(path));
    }
    if (open.matches()) {
      return new SegmentFile(path, Long.parseLong(open.group(1)), NO_END, map(path));
    }
    throw new IOException(path + " is no segment of a log");
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static ByteBuffer map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }

  Path path() {
    return path;
  }

  /** The place in the log of its first entry. */
  long first() {
    return first;
  }

  boolean isOpen() {
    return last == NO_END;
  }

  /** The place in the log of its last entry; of the open segment nobody knows it. */
  long last() {
    return isOpen() ? Long.MAX_VALUE : last;
  }

  /** Cuts off what an interrupted write has left; throws when there is any other damage. */
  void repair() throws IOException {
    int end = read(entry -> {});
    if (end == bytes.capacity() || isOpen() && isZero(end, bytes.capacity())) {
      return;
    }
    if (!isOpen()) {
      throw damaged(end);
    }
    LOG.warn("cutting {} at byte {}: the last write was interrupted", path, end);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  /** Reads the intact entries and returns where they end. */
  int read(Reader reader) throws IOException {
    int start = Math.min(HEADER_BYTES, bytes.capacity());
    while (start < bytes.capacity()) {
      int end = readEntry(start, reader);
      if (end < 0) {
        return start;
      }
      start = end;
    }
    return start;
  }

  /** Where the entry that begins at {@code start} ends, or -1 when it was not fully written. */
  private int readEntry(int start, Reader reader) throws IOException {
    int length = 0;
    int position = start;
    for (int shift = 0; ; shift += 7) {
      if (position == bytes.capacity() || bytes.get(start) == 0) {
        return notWritten(start, Math.min(start + 1, bytes.capacity()));
      }
      if (position - start == MAX_VARINT_BYTES) {
        throw damaged(start);
      }
      byte digit = bytes.get(position++);
      length |= (digit & 0x7f) << shift;
      if (digit >= 0) {
        break;
      }
    }
    if (length < 0 || length > MAX_ENTRY_BYTES) {
      throw damaged(start);
    }
    int end = position + length + CHECKSUM_BYTES;
    if (end > bytes.capacity() || !isIntact(start, end)) {
      return notWritten(start, Math.min(end, bytes.capacity()));
    }
    reader.entry(bytes.slice(position, length));
    return end;
  }

  private int notWritten(int start, int end) throws IOException {
    if (isIntactButForABit(start)) {
      throw damaged(start);
    }
    if (end == bytes.capacity() || isZero(start, bytes.capacity())) {
      return -1;
    }
    for (int from = start; from < end; from = nextSector(from)) {
      if (isZero(from, Math.min(nextSector(from), bytes.capacity()))) {
        return -1;
      }
    }
    throw damaged(start);
  }

  /**
   * Whether the entry is whole but for one bit of its length. Such an entry may seem to run behind
   * the end of the file, and all behind it would be cut off.
   */
  private boolean isIntactButForABit(int start) {
    int digits = Math.min(MAX_VARINT_BYTES, bytes.capacity() - start);
    for (int bit = 0; bit < digits * Byte.SIZE; bit++) {
      byte[] head = new byte[digits];
      bytes.get(start, head);
      head[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      int length = 0;
      int read = 0;
      do {
        length |= (head[read] & 0x7f) << 7 * read;
      } while (head[read++] < 0 && read < digits);
      long end = (long) start + read + length + CHECKSUM_BYTES;
      if (length > 0 && end <= bytes.capacity() && isIntact(head, start, (int) end)) {
        return true;
      }
    }
    return false;
  }

  /** The same for an entry that begins with other bytes than the file has. */
  private boolean isIntact(byte[] head, int start, int end) {
    int begun = Math.min(head.length, end - CHECKSUM_BYTES - start);
    CRC32C checksum = new CRC32C();
    checksum.update(head, 0, begun);
    checksum.update(bytes.slice(start + begun, end - CHECKSUM_BYTES - start - begun));
    return bytes.getInt(end - CHECKSUM_BYTES) == (int) checksum.getValue();
  }

  private boolean isIntact(int start, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.slice(start, end - CHECKSUM_BYTES - start));
    return bytes.getInt(end - CHECKSUM_BYTES) == (int) checksum.getValue();
  }

  private static int nextSector(int position) {
    return (position / SECTOR_BYTES + 1) * SECTOR_BYTES;
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private IOException damaged(int position) {
    return new DamageException(
        path + " is damaged at byte " + position + ", and not by an interrupted write");
  }
}
