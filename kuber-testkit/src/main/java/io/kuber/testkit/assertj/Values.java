package io.kuber.testkit.assertj;

import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Values as tests write them, as values of the object model. */
final class Values {
  private static final int MAX_TEXT = 200;

  private Values() {}

  /** The value as JSON, so that a text does not look like a number; cut where it is long. */
  static String shown(Object value) {
    String text = new String(Json.print(of(value)), StandardCharsets.UTF_8);
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
  }

  static Object of(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return new BigDecimal(value.toString());
    }
    if (value instanceof List<?> list) {
      return Items.copyOf(list.stream().map(Values::of).toList());
    }
    if (value instanceof Map<?, ?> map) {
      Tree.Builder tree = Tree.builder();
      map.forEach((name, each) -> tree.put(String.valueOf(name), of(each)));
      return tree.build();
    }
    return value;
  }
}
