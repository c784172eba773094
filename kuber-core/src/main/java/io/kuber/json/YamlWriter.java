package io.kuber.json;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Prints block YAML like sigs.k8s.io/yaml: fields sorted, sequences not indented below their field,
 * lines folded behind the eightieth column. Lives for one value, on one thread.
 */
final class YamlWriter {
  private static final int INDENT = 2;

  private final StringBuilder out = new StringBuilder(1024);

  String print(Object value) {
    if (value instanceof Tree tree && !tree.isEmpty()) {
      fields(tree, 0, false);
    } else if (value instanceof Items items && !items.isEmpty()) {
      items(items, 0, false);
    } else {
      scalar(value, 0);
    }
    return out.toString();
  }

  /** Prints fields at a column; {@code started}: the first one stands behind a dash already. */
  private void fields(Tree tree, int column, boolean started) {
    boolean first = started;
    for (int index : sorted(tree)) {
      if (!first) {
        indent(column);
      }
      first = false;
      YamlText.key(tree.nameAt(index), out);
      out.append(':');
      value(tree.valueAt(index), column);
    }
  }

  private static int[] sorted(Tree tree) {
    return IntStream.range(0, tree.size())
        .boxed()
        .sorted(Comparator.comparing(tree::nameAt, NaturalOrder.INSTANCE))
        .mapToInt(index -> index)
        .toArray();
  }

  private void value(Object value, int column) {
    if (value instanceof Tree tree && !tree.isEmpty()) {
      out.append('\n');
      fields(tree, column + INDENT, false);
    } else if (value instanceof Items items && !items.isEmpty()) {
      out.append('\n');
      items(items, column, false);
    } else {
      out.append(' ');
      scalar(value, column);
    }
  }

  private void items(Items items, int column, boolean started) {
    boolean first = started;
    for (Object item : items) {
      if (!first) {
        indent(column);
      }
      first = false;
      out.append("- ");
      if (item instanceof Tree tree && !tree.isEmpty()) {
        fields(tree, column + INDENT, true);
      } else if (item instanceof Items inner && !inner.isEmpty()) {
        items(inner, column + INDENT, true);
      } else {
        scalar(item, column);
      }
    }
  }

  private void scalar(Object value, int column) {
    if (value instanceof String text) {
      YamlText.text(text, column + INDENT, out);
    } else if (value instanceof Tree) {
      out.append("{}");
    } else if (value instanceof Items) {
      out.append("[]");
    } else if (value instanceof BigDecimal number) {
      out.append(number);
    } else if (value instanceof Number || value instanceof Boolean || value == Nil.NIL) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("no value of the object model: " + value.getClass());
    }
    out.append('\n');
  }

  private void indent(int column) {
    out.append(" ".repeat(column));
  }
}
