package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What values are to templates: how Go prints them, and which of them count as true. */
final class TemplateValues {
  private TemplateValues() {}

  /** Printed by itself; a field that is not there is an error, as it is with Docker. */
  static String text(Object value, String source) {
    if (value == Nil.NIL) {
      throw new CommandFailure("template parsing error: there is no entry for <" + source + ">");
    }
    return text(value);
  }

  /** Printed inside of others. */
  static String text(Object value) {
    if (value instanceof Tree tree) {
      return sorted(tree).entrySet().stream()
          .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
          .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value instanceof Items items) {
      return items.stream().map(TemplateValues::text).collect(Collectors.joining(" ", "[", "]"));
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value == Nil.NIL ? "<nil>" : value.toString();
  }

  /** Whether it is more than nothing. */
  static boolean holds(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return value != Nil.NIL && length(value) > 0;
  }

  /** How many bytes, items or fields it has. */
  static long length(Object value) {
    if (value instanceof Tree tree) {
      return tree.size();
    }
    if (value instanceof Items items) {
      return items.size();
    }
    return value instanceof String text ? text.length() : 0;
  }

  /** Its items with their places, or its fields with their names. */
  static List<Map.Entry<Object, Object>> entries(Object value) {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    if (value instanceof Tree tree) {
      sorted(tree).forEach((name, each) -> entries.add(Map.entry(name, each)));
    } else if (value instanceof Items items) {
      for (int i = 0; i < items.size(); i++) {
        entries.add(Map.entry((long) i, items.get(i)));
      }
    } else if (value != Nil.NIL) {
      throw new CommandFailure("template parsing error: range can't iterate over " + value);
    }
    return entries;
  }

  private static Map<String, Object> sorted(Tree tree) {
    Map<String, Object> sorted = new TreeMap<>();
    tree.forEach(sorted::put);
    return sorted;
  }
}
