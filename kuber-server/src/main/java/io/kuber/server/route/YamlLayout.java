package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.json.Yaml;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.store.Stored;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A list as YAML. Fields are sorted, so that some of the list's own stand behind the items; items
 * are not indented, so that each can be printed by itself.
 */
final class YamlLayout implements ListLayout {
  private final Rendering rendering;
  private final ListHead head;
  private boolean started;

  YamlLayout(Rendering rendering, ListHead head) {
    this.rendering = rendering;
    this.head = head;
  }

  @Override
  public void begin(ByteArrayOutputStream out) {
    fields(true, out);
    write(head.itemsName() + ":", out);
  }

  @Override
  public void item(Stored item, ByteArrayOutputStream out) {
    if (!started) {
      write("\n", out);
    }
    started = true;
    write(Yaml.print(Items.copyOf(List.of(rendering.item(item)))), out);
  }

  @Override
  public void end(ByteArrayOutputStream out) {
    if (!started) {
      write(" []\n", out);
    }
    fields(false, out);
  }

  private void fields(boolean before, ByteArrayOutputStream out) {
    Tree.Builder fields = Tree.builder();
    head.fields()
        .forEach(
            (name, value) -> {
              if (name.compareTo(head.itemsName()) < 0 == before) {
                fields.put(name, value);
              }
            });
    if (fields.size() > 0) {
      write(Yaml.print(fields.build()), out);
    }
  }

  private static void write(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(UTF_8));
  }
}
