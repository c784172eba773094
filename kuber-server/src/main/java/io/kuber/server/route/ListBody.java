package io.kuber.server.route;

import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The body of a list in chunks of about {@link #CHUNK_BYTES}, each made when it is asked for, so
 * that a list takes the memory of a chunk however long it is. Belongs to one thread at a time.
 */
final class ListBody implements Iterator<byte[]> {
  /** A chunk is handed on once it has reached this; a list of one chunk is sent as a whole. */
  static final int CHUNK_BYTES = 128 << 10;

  private static final int FIRST_BYTES = 8 << 10;

  private final ListLayout layout;
  private final Iterator<Stored> items;
  private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(FIRST_BYTES);
  private boolean begun;
  private boolean ended;

  ListBody(ListLayout layout, List<Stored> items) {
    this.layout = layout;
    this.items = items.iterator();
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public byte[] next() {
    if (ended) {
      throw new NoSuchElementException("the list is complete");
    }
    chunk.reset();
    if (!begun) {
      begun = true;
      layout.begin(chunk);
    }
    while (items.hasNext() && chunk.size() < CHUNK_BYTES) {
      layout.item(items.next(), chunk);
    }
    if (!items.hasNext()) {
      ended = true;
      layout.end(chunk);
    }
    return chunk.toByteArray();
  }
}
