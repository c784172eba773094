package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Json;
import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;

/** A list as JSON over many lines, for people. */
final class PrettyLayout implements ListLayout {
  /** Items stand inside the array inside the list. */
  private static final int DEPTH = 2;

  private final Rendering rendering;
  private final ListHead head;
  private boolean started;

  PrettyLayout(Rendering rendering, ListHead head) {
    this.rendering = rendering;
    this.head = head;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    String fields = Json.prettyText(head.fields(), 0);
    String open = fields.substring(0, fields.length() - "\n}".length());
    write(open + ",\n  \"" + head.itemsName() + "\": [", out);
  }

  @Override
  public void item(Stored item, ByteArrayOutputStream out) {
    write(started ? ",\n    " : "\n    ", out);
    started = true;
    write(Json.prettyText(rendering.item(item), DEPTH), out);
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    write(started ? "\n  ]\n}\n" : "]\n}\n", out);
  }

  private static void write(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(UTF_8));
  }
}
