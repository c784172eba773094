package io.kuber.engine.image;

import io.kuber.node.image.layer.TarReader;
import java.io.IOException;
import java.io.InputStream;

/** The content of the entry of an archive that is being read. */
final class EntryStream extends InputStream {
  private final TarReader reader;

  EntryStream(TarReader reader) {
    this.reader = reader;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return reader.read(one) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    byte[] part = new byte[length];
    int count = reader.read(part);
    if (count > 0) {
      System.arraycopy(part, 0, into, offset, count);
    }
    return count;
  }
}
