package io.kuber.schema.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the resources that {@code io.kuber.schema} reads.
 *
 * <p>A resource is an index and blocks: a line with the number of types, per type a line with name,
 * length of its block in bytes and {@code apiVersion} ({@code -} where the type is no kind), then
 * all blocks in the order of the index. A reader can take one block without parsing the others.
 */
final class SchemaFile {
  /** The file that is written last: when it is there, all are. */
  static final String LAST = "descriptions";

  private SchemaFile() {}

  static void write(Path folder, Map<String, Type> types) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("types"), resource(types, SchemaFile::fields));
    Files.writeString(folder.resolve(LAST), resource(types, SchemaFile::descriptions));
  }

  private static String resource(Map<String, Type> types, Function<Type, String> block) {
    StringBuilder index = new StringBuilder().append(types.size()).append('\n');
    StringBuilder blocks = new StringBuilder();
    for (Type type : types.values()) {
      String text = block.apply(type);
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      String apiVersion = type.isKind() ? type.apiVersion() : "-";
      index.append(type.name + " " + length + " " + apiVersion + "\n");
      blocks.append(text);
    }
    return index.append(blocks).toString();
  }

  /** A line of facts of the type, then per field name, number, shape and facts. */
  private static String fields(Type type) {
    StringBuilder block = new StringBuilder();
    block.append(type.facts.contains("atomic") ? "atomic" : "").append('\n');
    if (type.isKind()) {
      block.append("kind 0 text\napiVersion 0 text\n");
    }
    type.fields.forEach(
        (name, field) -> {
          block.append(field.jsonName(name) + " " + field.number + " ");
          block.append(field.shape.replace(type.packageName() + ".", "."));
          field.facts.stream()
              .filter(fact -> !fact.matches("(json|number|shape)=.*"))
              .forEach(fact -> block.append(' ').append(fact));
          block.append('\n');
        });
    return block.toString();
  }

  /** A line with the description of the type, then per field name, a tab and the description. */
  private static String descriptions(Type type) {
    StringBuilder block = new StringBuilder();
    block.append(line(type.descriptions.getOrDefault("", ""))).append('\n');
    type.descriptions.forEach(
        (name, text) -> {
          if (!name.isEmpty() && !text.isBlank()) {
            block.append(name + "\t" + line(text) + "\n");
          }
        });
    return block.toString();
  }

  private static String line(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }
}
