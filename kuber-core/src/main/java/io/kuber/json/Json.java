package io.kuber.json;

import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** JSON text to values of the object model and back. */
public final class Json {
  /** Objects and arrays inside each other; deeper input is an attack or a mistake. */
  private static final int MAX_DEPTH = 500;

  /** One text of the input, in characters: the largest request body fits. */
  private static final int MAX_TEXT = 16 << 20;

  /**
   * Names come out interned, once per name and not once per object (as {@link Tree} wants them).
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .build();

  private Json() {}

  /** Parses a JSON object; throws {@link MalformedException} when the text is anything else. */
  public static Tree parse(byte[] json) {
    return asTree(parseValue(json, null));
  }

  /**
   * Parses a JSON object in which fields may stand twice, of which the last counts.
   *
   * @param duplicates is told the path of each, such as {@code spec.containers[0].name}
   */
  public static Tree parse(byte[] json, Consumer<String> duplicates) {
    return asTree(parseValue(json, duplicates));
  }

  /**
   * Parses the object at the end of a path of field names and nothing behind it; empty where there
   * is none. What stands before it is skipped, which costs no memory.
   */
  public static Tree parseTreeAt(byte[] json, String... path) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return new JsonReader(parser, null).readTreeAt(path);
    } catch (JacksonException e) {
      throw new MalformedException("invalid JSON: " + e.getOriginalMessage() + place(e));
    }
  }

  /** Parses any JSON value; throws {@link MalformedException} when the text is not one value. */
  public static Object parseValue(byte[] json) {
    return parseValue(json, null);
  }

  private static Tree asTree(Object value) {
    if (value instanceof Tree tree) {
      return tree;
    }
    throw new MalformedException("expected a JSON object");
  }

  private static Object parseValue(byte[] json, @Nullable Consumer<String> duplicates) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        throw new MalformedException("unexpected end of JSON input");
      }
      Object value = new JsonReader(parser, duplicates).read();
      if (parser.nextToken() != null) {
        throw new MalformedException("unexpected text after the JSON value" + place(parser));
      }
      return value;
    } catch (JacksonException e) {
      throw new MalformedException("invalid JSON: " + e.getOriginalMessage() + place(e));
    }
  }

  private static String place(JsonParser parser) {
    return place(parser.currentLocation().getLineNr(), parser.currentLocation().getColumnNr());
  }

  private static String place(JacksonException e) {
    return e.getLocation() == null
        ? ""
        : place(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String place(int line, int column) {
    return " (line " + line + ", column " + column + ")";
  }

  /** Prints a value of the object model without white space, as UTF-8. */
  public static byte[] print(Object value) {
    return JsonWriter.print(value);
  }

  /** Prints a value of the object model over several lines, for people. */
  public static byte[] printPretty(Object value) {
    return (prettyText(value, 0) + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The same value where it stands inside others: lines behind the first are indented by {@code
   * depth} levels, and no line feed follows the last.
   */
  public static String prettyText(Object value, int depth) {
    StringBuilder text = new StringBuilder();
    Pretty.print(value, depth, text);
    return text.toString();
  }
}
