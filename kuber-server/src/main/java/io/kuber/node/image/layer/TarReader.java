package io.kuber.node.image.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an archive entry by entry: POSIX and GNU headers, extended headers, long names. Written
 * here rather than taken from a library because values of extended attributes are bytes, which
 * libraries decode as text, and because each header counts against a limit.
 */
public final class TarReader {
  private static final int SKIP_BYTES = 64 << 10;

  private final InputStream in;
  private final LayerLimits limits;
  private long left;
  private int padding;

  /** Reads from a stream within limits. */
  public TarReader(InputStream in, LayerLimits limits) {
    this.in = in;
    this.limits = limits;
  }

  /** What stands before an entry and overrides its header. */
  private record Prelude(PaxRecords records, String longName, String longLink) {
    static final Prelude NONE = new Prelude(PaxRecords.NONE, "", "");
  }

  /** The next entry, whose content {@link #read} gives; empty at the end of the archive. */
  public Optional<TarEntry> next() throws IOException {
    skip(left + padding);
    Prelude prelude = Prelude.NONE;
    // An entry has at most one header of each of the kinds that may precede it.
    for (int preludes = 0; preludes <= 4; preludes++) {
      byte[] block = in.readNBytes(TarHeader.BLOCK);
      TarHeader header = new TarHeader(block);
      if (block.length == 0 || header.isZero()) {
        return Optional.empty();
      }
      if (block.length < TarHeader.BLOCK) {
        throw new EOFException("the archive ends in the middle of a header");
      }
      header.check();
      switch (header.type()) {
        case 'x' ->
            prelude =
                new Prelude(PaxRecords.parse(content(header)), prelude.longName, prelude.longLink);
        case 'L' -> prelude = new Prelude(prelude.records, text(header), prelude.longLink);
        case 'K' -> prelude = new Prelude(prelude.records, prelude.longName, text(header));
        case 'g' -> content(header);
        default -> {
          return Optional.of(entry(header, prelude));
        }
      }
    }
    throw new IOException("the archive has headers without an entry");
  }

  /** Reads content of the current entry; -1 at its end. */
  public int read(byte[] into) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(into, 0, (int) Math.min(into.length, left));
    if (count < 0) {
      throw new EOFException("the archive ends in the middle of an entry");
    }
    left -= count;
    return count;
  }

  private TarEntry entry(TarHeader header, Prelude prelude) throws IOException {
    PaxRecords records = prelude.records;
    String plain = prelude.longName.isEmpty() ? header.name() : prelude.longName;
    String name = records.text("path", plain);
    try {
      TarEntry.Type type = type(header.type(), name);
      if (records.isSparse()) {
        throw new IOException("is a sparse file, which images do not have");
      }
      long size = TarHeader.checkedSize(records.whole("size", header.size()));
      begin(type == TarEntry.Type.FILE ? size : 0);
      String link = prelude.longLink.isEmpty() ? header.link() : prelude.longLink;
      return new TarEntry(
          name,
          type,
          header.mode(),
          TarHeader.id(records.whole("uid", header.uid())),
          TarHeader.id(records.whole("gid", header.gid())),
          left,
          records.whole("mtime", header.seconds()),
          records.has("mtime") ? nanos(records.number("mtime")) : 0,
          records.text("linkpath", link),
          header.major(),
          header.minor(),
          records == PaxRecords.NONE ? Map.of() : records.attributes());
    } catch (IOException e) {
      throw new IOException("entry \"" + name + "\": " + e.getMessage(), e);
    }
  }

  private static int nanos(BigDecimal seconds) {
    BigDecimal fraction = seconds.remainder(BigDecimal.ONE);
    BigDecimal positive = fraction.signum() < 0 ? fraction.add(BigDecimal.ONE) : fraction;
    return positive.movePointRight(9).intValue();
  }

  private static TarEntry.Type type(char flag, String name) throws IOException {
    return switch (flag) {
      case 0, '0', '7' -> name.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.PIPE;
      case 'S' -> throw new IOException("is a sparse file, which images do not have");
      default -> throw new IOException("is of the unknown type '" + flag + "'");
    };
  }

  private String text(TarHeader header) throws IOException {
    byte[] bytes = content(header);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return TarHeader.utf8(bytes, 0, length);
  }

  /** The content of a header that precedes an entry, which is read into memory. */
  private byte[] content(TarHeader header) throws IOException {
    long size = header.size();
    if (size > limits.headerBytes()) {
      throw new IOException(
          "the archive has a header of " + size + " bytes; " + limits.headerBytes() + " may be");
    }
    begin(size);
    byte[] bytes = in.readNBytes((int) size);
    if (bytes.length < size) {
      throw new EOFException("the archive ends in the middle of a header");
    }
    left = 0;
    skip(padding);
    return bytes;
  }

  private void begin(long size) {
    left = size;
    padding = (int) (-size & (TarHeader.BLOCK - 1));
  }

  /** Skips by reading, since a digest is computed of all that is read. */
  private void skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(SKIP_BYTES, count)];
    long rest = count;
    while (rest > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
      if (read < 0) {
        throw new EOFException("the archive ends in the middle of an entry");
      }
      rest -= read;
    }
    left = 0;
    padding = 0;
  }
}
