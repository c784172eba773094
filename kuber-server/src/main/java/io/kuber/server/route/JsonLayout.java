package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Json;
import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;

/** A list as JSON without white space; objects that are wanted as stored are not parsed. */
final class JsonLayout implements ListLayout {
  private final Rendering rendering;
  private final ListHead head;
  private boolean started;

  JsonLayout(Rendering rendering, ListHead head) {
    this.rendering = rendering;
    this.head = head;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    byte[] fields = Json.print(head.fields());
    out.write(fields, 0, fields.length - 1);
    out.writeBytes((",\"" + head.itemsName() + "\":[").getBytes(UTF_8));
  }

  @Override
  public void item(Stored item, ByteArrayOutputStream out) {
    if (started) {
      out.write(',');
    }
    started = true;
    if (rendering.isVerbatim(item)) {
      Splice.write(item, item.revision(), out);
    } else {
      out.writeBytes(Json.print(rendering.item(item)));
    }
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    out.writeBytes("]}".getBytes(UTF_8));
  }
}
