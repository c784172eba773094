package io.kuber.server.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.zip.GZIPOutputStream;

/** The chunks of one body, compressed on the way. Belongs to one thread at a time. */
final class GzipChunks implements Iterator<byte[]> {
  /** The level of upstream (k8s.io/apiserver, responsewriters/writers.go): fast before small. */
  private static final int LEVEL = 1;

  private static final int BUFFER_BYTES = 8 << 10;

  private final Iterator<byte[]> plain;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final Compressor compressor;

  GzipChunks(Iterator<byte[]> plain) {
    this.plain = plain;
    try {
      this.compressor = new Compressor(compressed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return plain.hasNext();
  }

  /** May be empty, while the compressor collects. */
  @Override
  public byte[] next() {
    try {
      compressor.write(plain.next());
      if (!plain.hasNext()) {
        compressor.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] chunk = compressed.toByteArray();
    compressed.reset();
    return chunk;
  }

  private static final class Compressor extends GZIPOutputStream {
    Compressor(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(LEVEL);
    }
  }
}
