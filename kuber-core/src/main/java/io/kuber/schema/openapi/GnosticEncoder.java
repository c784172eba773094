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
 * Encodes an OpenAPI 2 document as gnostic's {@code openapi.v2.Document}, which kubectl up to 1.26
 * reads before every create and apply.
 *
 * <p>A table says which field of a message each name of the document is. Numbers with slashes
 * between them lead through messages that only gnostic has around the value. Kinds: {@code text},
 * {@code bool}, {@code number}, {@code any} (a value as YAML; JSON is YAML), {@code X} (the message
 * X), {@code []} before a kind (repeated) and {@code {}} before a kind (repeated pairs of name and
 * value). Names that begin with {@code x-} go into the field {@code x-}.
 */
final class GnosticEncoder {
  private static final Map<String, Map<String, Slot>> MESSAGES =
      table(
          """
          Document swagger=1:text info=2:Info paths=8/2:{}PathItem definitions=9/1:{}Schema
          Document securityDefinitions=13/1:{}Security security=12:[]Requirement
          Info title=1:text version=2:text
          PathItem get=2:Operation put=3:Operation post=4:Operation delete=5:Operation
          PathItem options=6:Operation head=7:Operation patch=8:Operation
          PathItem parameters=9:[]Parameter x-=10:any
          Operation tags=1:[]text description=3:text operationId=5:text produces=6:[]text
          Operation consumes=7:[]text parameters=8:[]Parameter responses=9/1:{}Response
          Operation schemes=10:[]text x-=13:any
          body description=1:text name=2:text in=3:text required=4:bool schema=5:Schema
          query required=1:bool in=2:text description=3:text name=4:text type=6:text
          query uniqueItems=20:bool
          path required=1:bool in=2:text description=3:text name=4:text type=5:text
          path uniqueItems=19:bool
          Response description=1:text schema=2/1:Schema
          Schema $ref=1:text format=2:text title=3:text description=4:text default=5:any
          Schema multipleOf=6:number maximum=7:number exclusiveMaximum=8:bool minimum=9:number
          Schema exclusiveMinimum=10:bool maxLength=11:integer minLength=12:integer
          Schema pattern=13:text maxItems=14:integer minItems=15:integer uniqueItems=16:bool
          Schema maxProperties=17:integer minProperties=18:integer required=19:[]text
          Schema enum=20:[]any additionalProperties=21/1:Schema type=22/1:text items=23/1:Schema
          Schema properties=25/1:{}Schema x-=31:any
          Security type=1:text name=2:text in=3:text description=4:text
          """);

  /** Where parameters go by what {@code in} says: gnostic nests them by kind. */
  private static final Map<String, int[]> PARAMETER_PATHS =
      Map.of(
          "body", new int[] {1, 1},
          "query", new int[] {1, 2, 3},
          "path", new int[] {1, 2, 4});

  private record Slot(int[] path, String kind) {
    int last() {
      return path[path.length - 1];
    }
  }

  private GnosticEncoder() {}

  static byte[] encode(Tree document) {
    ProtoWriter writer = new ProtoWriter();
    message(writer, "Document", document);
    return writer.toBytes();
  }

  private static void message(ProtoWriter writer, String name, Tree tree) {
    Map<String, Slot> slots = Objects.requireNonNull(MESSAGES.get(name), name);
    for (int i = 0; i < tree.size(); i++) {
      String field = tree.nameAt(i);
      Object value = tree.valueAt(i);
      Slot slot = slots.get(field.startsWith("x-") ? "x-" : field);
      if (slot == null) {
        continue; // What gnostic has no field for, its readers do not look for.
      }
      if (field.startsWith("x-")) {
        named(writer, slot.last(), field, inner -> any(inner, 2, value));
      } else if (field.equals("additionalProperties") && value instanceof Boolean allowed) {
        writer.message(slot.path[0], inner -> inner.number(2, allowed ? 1 : 0));
      } else {
        nest(writer, slot.path, 0, inner -> value(inner, slot.last(), slot.kind, value));
      }
    }
  }

  private static void nest(ProtoWriter writer, int[] path, int depth, ProtoWriter.Body body) {
    if (depth == path.length - 1) {
      body.write(writer);
    } else {
      writer.message(path[depth], inner -> nest(inner, path, depth + 1, body));
    }
  }

  private static void value(ProtoWriter writer, int number, String kind, Object value) {
    if (kind.startsWith("[]")) {
      ((Items) value).forEach(item -> value(writer, number, kind.substring(2), item));
      return;
    }
    if (kind.startsWith("{}")) {
      pairs(writer, number, kind.substring(2), (Tree) value);
      return;
    }
    switch (kind) {
      case "text" -> writer.text(number, (String) value);
      case "bool" -> writer.number(number, (boolean) value ? 1 : 0);
      case "integer" -> writer.number(number, ((Number) value).longValue());
      case "number" -> writer.fraction(number, ((Number) value).doubleValue());
      case "any" -> any(writer, number, value);
      case "Parameter" -> parameter(writer, number, (Tree) value);
      case "Requirement" -> requirement(writer, number, (Tree) value);
      default -> writer.message(number, inner -> message(inner, kind, (Tree) value));
    }
  }

  /** Responses and security definitions have one more message around each value. */
  private static void pairs(ProtoWriter writer, int number, String kind, Tree pairs) {
    int wrapper = kind.equals("Response") ? 1 : kind.equals("Security") ? 2 : 0;
    pairs.forEach(
        (name, value) ->
            named(
                writer,
                number,
                name,
                pair -> {
                  if (wrapper == 0) {
                    value(pair, 2, kind, value);
                  } else {
                    pair.message(2, inner -> value(inner, wrapper, kind, value));
                  }
                }));
  }

  private static void named(ProtoWriter writer, int number, String name, ProtoWriter.Body value) {
    writer.message(
        number,
        pair -> {
          pair.text(1, name);
          value.write(pair);
        });
  }

  private static void any(ProtoWriter writer, int number, Object value) {
    String yaml = new String(Json.print(value), StandardCharsets.UTF_8) + "\n";
    writer.message(number, inner -> inner.text(2, yaml));
  }

  private static void parameter(ProtoWriter writer, int number, Tree parameter) {
    String in = parameter.text("in");
    int[] path = Objects.requireNonNull(PARAMETER_PATHS.get(in), in);
    writer.message(
        number,
        item ->
            nest(
                item,
                path,
                0,
                inner ->
                    inner.message(path[path.length - 1], last -> message(last, in, parameter))));
  }

  private static void requirement(ProtoWriter writer, int number, Tree requirement) {
    writer.message(
        number,
        item ->
            requirement.forEach(
                (name, scopes) -> named(item, 1, name, pair -> pair.message(2, none -> {}))));
  }

  private static Map<String, Map<String, Slot>> table(String text) {
    Map<String, Map<String, Slot>> messages = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String[] words = line.split(" ");
      Map<String, Slot> slots = messages.computeIfAbsent(words[0], name -> new LinkedHashMap<>());
      for (int i = 1; i < words.length; i++) {
        String[] parts = words[i].split("[=:]");
        slots.put(parts[0], new Slot(numbers(parts[1]), parts[2]));
      }
    }
    return messages;
  }

  private static int[] numbers(String path) {
    String[] parts = path.split("/");
    int[] numbers = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Integer.parseInt(parts[i]);
    }
    return numbers;
  }
}
