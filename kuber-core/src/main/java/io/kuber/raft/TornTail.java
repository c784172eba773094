package io.kuber.raft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off an entry that a power cut left half written at the end of the log.
 *
 * <p>Ratis would refuse such a log, or, asked to be lenient, also drop acknowledged entries behind
 * a flipped bit. Here only what an interrupted write can leave is cut off: an entry in the open
 * segment that runs behind the end of the file, or of which a whole sector was never written. Such
 * an entry was not synced, hence not acknowledged. Any other damage is an error.
 *
 * <p>A segment is a header of eight bytes and then entries: their length as a varint, the entry,
 * and the CRC-32C of both; zeros fill the rest.
 */
final class TornTail {
  private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);

  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int SECTOR_BYTES = 512;
  private static final int MAX_VARINT_BYTES = 5;

  private final Path segment;
  private final byte[] bytes;

  private TornTail(Path segment, byte[] bytes) {
    this.segment = segment;
    this.bytes = bytes;
  }

  /** Repairs the open segment in a directory of segments, if there is one. */
  static void repair(Path segments) throws IOException {
    if (!Files.isDirectory(segments)) {
      return;
    }
    try (DirectoryStream<Path> open = Files.newDirectoryStream(segments, "log_inprogress_*")) {
      for (Path segment : open) {
        new TornTail(segment, Files.readAllBytes(segment)).repair();
      }
    }
  }

  private void repair() throws IOException {
    int end = endOfEntries();
    if (end == bytes.length || isZero(end, bytes.length)) {
      return;
    }
    LOG.warn("cutting {} at byte {}: the last write was interrupted", segment, end);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.force(true);
    }
  }

  /** Where the intact entries end. */
  private int endOfEntries() throws IOException {
    int start = Math.min(HEADER_BYTES, bytes.length);
    while (start < bytes.length) {
      int end = endOfEntry(start);
      if (end < 0) {
        return start;
      }
      start = end;
    }
    return start;
  }

  /** Where the entry that begins at {@code start} ends, or -1 when it was not fully written. */
  private int endOfEntry(int start) throws IOException {
    int length = 0;
    int position = start;
    for (int shift = 0; ; shift += 7) {
      if (position == bytes.length || bytes[start] == 0) {
        return notWritten(start, Math.min(start + 1, bytes.length));
      }
      if (position - start == MAX_VARINT_BYTES) {
        throw damaged(start);
      }
      byte digit = bytes[position++];
      length |= (digit & 0x7f) << shift;
      if (digit >= 0) {
        break;
      }
    }
    if (length < 0 || length > RatisSettings.MAX_ENTRY_BYTES) {
      throw damaged(start);
    }
    int end = position + length + CHECKSUM_BYTES;
    return end <= bytes.length && isIntact(start, end)
        ? end
        : notWritten(start, Math.min(end, bytes.length));
  }

  private int notWritten(int start, int end) throws IOException {
    if (end == bytes.length || isZero(start, bytes.length)) {
      return -1;
    }
    for (int from = start; from < end; from = nextSector(from)) {
      if (isZero(from, Math.min(nextSector(from), bytes.length))) {
        return -1;
      }
    }
    throw damaged(start);
  }

  private boolean isIntact(int start, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, start, end - CHECKSUM_BYTES - start);
    int stored = 0;
    for (int i = end - CHECKSUM_BYTES; i < end; i++) {
      stored = stored << 8 | bytes[i] & 0xff;
    }
    return stored == (int) checksum.getValue();
  }

  private static int nextSector(int position) {
    return (position / SECTOR_BYTES + 1) * SECTOR_BYTES;
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private IOException damaged(int position) {
    return new IOException(
        segment
            + " is damaged at byte "
            + position
            + ", and not by an interrupted write; restore the directory from a backup");
  }
}
