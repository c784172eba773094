package io.kuber.json;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;

/** Builds values from the tokens of the parser. Lives for one value, on one thread. */
final class JsonReader {
  /** Digits behind the point, or zeros in front of it, that an exponent may stand for. */
  private static final int MAX_SCALE = 1000;

  private final JsonParser parser;
  private final @Nullable Consumer<String> duplicates;

  /** {@code duplicates} is told about names that an object has twice; null: nobody cares. */
  JsonReader(JsonParser parser, @Nullable Consumer<String> duplicates) {
    this.parser = parser;
    this.duplicates = duplicates;
  }

  Object read() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> readTree();
      case START_ARRAY -> readItems();
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Nil.NIL;
      default -> throw new MalformedException("unexpected " + parser.currentToken());
    };
  }

  /** The object at the end of a path that begins at the current object, or an empty one. */
  Tree readTreeAt(String... path) {
    for (String name : path) {
      if (parser.currentToken() != JsonToken.START_OBJECT || !enter(name)) {
        return Tree.EMPTY;
      }
    }
    return parser.currentToken() == JsonToken.START_OBJECT ? readTree() : Tree.EMPTY;
  }

  /** Goes on to the value of a field of the current object; false when it has no such field. */
  private boolean enter(String field) {
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (name.equals(field)) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /**
   * A few characters can stand for a number of a billion digits, which nobody may be asked to write
   * out; Go's decoder ends at the range of a double, which is narrower.
   */
  private BigDecimal fraction() {
    BigDecimal number = parser.getDecimalValue();
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw new MalformedException(
          "number " + parser.getString() + " is out of range at " + path());
    }
    return number;
  }

  private Object integer() {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> new BigDecimal(parser.getBigIntegerValue());
    };
  }

  private Tree readTree() {
    Tree.Builder tree = Tree.builder();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      if (duplicates != null && tree.has(name)) {
        duplicates.accept(path());
      }
      parser.nextToken();
      tree.put(name, read());
    }
    return tree.build();
  }

  /** Where the parser is, as Kubernetes writes paths. */
  private String path() {
    StringBuilder path = new StringBuilder();
    JsonPointer pointer = parser.streamReadContext().pathAsPointer();
    for (JsonPointer at = pointer; at != null && !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        path.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return path.toString();
  }

  private Items readItems() {
    List<Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read());
    }
    return Items.copyOf(items);
  }
}
