package io.kuber.schema.openapi;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Encodes trees as messages of gnostic, as a table says.
 *
 * <p>A line of the table is the name of a message and, for names of the document, the number of the
 * field and the kind of its value: {@code text}, {@code bool}, {@code number}, {@code integer},
 * {@code any} (a value as YAML; JSON is YAML) or {@code X} (the message X). What may stand in front
 * of a kind: {@code []} repeated; {@code {}} repeated pairs of name and value; {@code (n)} in the
 * field n of a message around it, which only gnostic has; {@code &} in field 1 of such a message,
 * or a reference in its field 2; {@code |} in field 1, or a truth value in field 2. Names that
 * begin with {@code x-} go into the field {@code x-}. What gnostic has no field for, its readers do
 * not look for.
 */
final class GnosticMessages {
  private static final String EXTENSION = "x-";

  private final Map<String, Map<String, Slot>> messages;
  private final Map<String, Special> specials;

  /**
   * @param table see the class
   * @param specials the kinds that no table describes
   */
  GnosticMessages(String table, Map<String, Special> specials) {
    this.messages = read(table);
    this.specials = specials;
  }

  private record Slot(int number, String kind) {}

  /** Writes a value of a kind of its own into a field. */
  interface Special {
    void write(GnosticMessages messages, ProtoWriter writer, int number, Object value);
  }

  byte[] encode(String message, Tree tree) {
    ProtoWriter writer = new ProtoWriter();
    write(writer, message, tree);
    return writer.toBytes();
  }

  /** Writes the fields of a message. */
  void write(ProtoWriter writer, String message, Tree tree) {
    Map<String, Slot> slots = Objects.requireNonNull(messages.get(message), message);
    for (int i = 0; i < tree.size(); i++) {
      String name = tree.nameAt(i);
      Object value = tree.valueAt(i);
      boolean extended = name.startsWith(EXTENSION);
      Slot slot = slots.get(extended ? EXTENSION : name);
      if (slot != null && extended) {
        pair(writer, slot.number, name, slot.kind, value);
      } else if (slot != null) {
        value(writer, slot.number, slot.kind, value);
      }
    }
  }

  /** Writes a value of the given kind into a field. */
  void value(ProtoWriter writer, int number, String kind, Object value) {
    switch (kind.charAt(0)) {
      case '[' -> ((Items) value).forEach(item -> value(writer, number, kind.substring(2), item));
      case '{' ->
          ((Tree) value)
              .forEach((name, inner) -> pair(writer, number, name, kind.substring(2), inner));
      case '(' -> around(writer, number, kind.charAt(1) - '0', kind.substring(3), value);
      case '&' -> referred(writer, number, kind.substring(1), value);
      case '|' -> {
        if (value instanceof Boolean allowed) {
          around(writer, number, 2, "bool", allowed);
        } else {
          around(writer, number, 1, kind.substring(1), value);
        }
      }
      default -> plain(writer, number, kind, value);
    }
  }

  private void around(ProtoWriter writer, int number, int inside, String kind, Object value) {
    writer.message(number, message -> value(message, inside, kind, value));
  }

  private void referred(ProtoWriter writer, int number, String kind, Object value) {
    String reference = ((Tree) value).text("$ref");
    if (reference.isEmpty()) {
      around(writer, number, 1, kind, value);
    } else {
      writer.message(number, either -> either.message(2, inner -> inner.text(1, reference)));
    }
  }

  private void plain(ProtoWriter writer, int number, String kind, Object value) {
    switch (kind) {
      case "text" -> writer.text(number, (String) value);
      case "bool" -> writer.number(number, (boolean) value ? 1 : 0);
      case "integer" -> writer.number(number, ((Number) value).longValue());
      case "number" -> writer.fraction(number, ((Number) value).doubleValue());
      case "any" -> any(writer, number, value);
      default -> {
        Special special = specials.get(kind);
        if (special == null) {
          writer.message(number, inner -> write(inner, kind, (Tree) value));
        } else {
          special.write(this, writer, number, value);
        }
      }
    }
  }

  private void pair(ProtoWriter writer, int number, String name, String kind, Object value) {
    writer.message(
        number,
        pair -> {
          pair.text(1, name);
          value(pair, 2, kind, value);
        });
  }

  private static void any(ProtoWriter writer, int number, Object value) {
    String yaml = new String(Json.print(value), StandardCharsets.UTF_8) + "\n";
    writer.message(number, inner -> inner.text(2, yaml));
  }

  private static Map<String, Map<String, Slot>> read(String table) {
    Map<String, Map<String, Slot>> messages = new LinkedHashMap<>();
    for (String line : table.split("\n")) {
      String[] words = line.split(" ");
      Map<String, Slot> slots = messages.computeIfAbsent(words[0], name -> new LinkedHashMap<>());
      for (int i = 1; i < words.length; i++) {
        String[] parts = words[i].split("[=:]");
        slots.put(parts[0], new Slot(Integer.parseInt(parts[1]), parts[2]));
      }
    }
    return messages;
  }
}
