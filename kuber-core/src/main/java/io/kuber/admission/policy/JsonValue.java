package io.kuber.admission.policy;

import com.google.common.primitives.UnsignedLong;
import io.kuber.cel.value.Bytes;
import io.kuber.cel.value.TreeView;
import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value of an expression as it stands in an object. */
final class JsonValue {
  private JsonValue() {}

  static Object of(Object value) throws Misconfigured {
    if (value instanceof TreeView view) {
      return view.tree();
    }
    if (value instanceof Map<?, ?> map) {
      return tree(map);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        items.add(of(item));
      }
      return Items.copyOf(items);
    }
    return scalar(value);
  }

  private static Tree tree(Map<?, ?> map) throws Misconfigured {
    Tree.Builder tree = Tree.builder();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new Misconfigured("a map whose keys are no texts cannot stand in an object");
      }
      tree.put(name, of(entry.getValue()));
    }
    return tree.build();
  }

  private static Object scalar(Object value) throws Misconfigured {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value == Nil.NIL) {
      return value;
    }
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof UnsignedLong number) {
      return new BigDecimal(number.bigIntegerValue());
    }
    if (value instanceof Instant || value instanceof Bytes) {
      return value.toString();
    }
    throw new Misconfigured("a value of this type cannot stand in an object: " + value);
  }
}
