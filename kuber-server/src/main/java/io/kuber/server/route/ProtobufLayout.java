package io.kuber.server.route;

import io.kuber.server.format.Protobufs;
import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A list as protobuf, whose length stands at its beginning: all items are encoded once to measure
 * them, and those that the measuring did not keep once more when their turn comes.
 */
final class ProtobufLayout implements ListLayout {
  /** Encoded items that are kept from the measuring: of larger lists, only the first ones. */
  private static final int KEPT_BYTES = 8 << 20;

  private final Rendering rendering;
  private final ListHead head;
  private final List<Stored> items;
  private final Deque<byte[]> kept = new ArrayDeque<>();

  ProtobufLayout(Rendering rendering, ListHead head, List<Stored> items) {
    this.rendering = rendering;
    this.head = head;
    this.items = items;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    long length = 0;
    for (Stored item : items) {
      byte[] encoded = encoded(item);
      length += encoded.length;
      if (length <= KEPT_BYTES) {
        kept.add(encoded);
      }
    }
    out.writeBytes(Protobufs.listHead(head.fields(), length));
  }

  @Override
  public void item(Stored item, ByteArrayOutputStream out) {
    byte[] known = kept.poll();
    out.writeBytes(known == null ? encoded(item) : known);
  }

  private byte[] encoded(Stored item) {
    return Protobufs.listItem(rendering.item(item));
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    out.writeBytes(Protobufs.listTail());
  }
}
