package io.kuber.json;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.nio.charset.StandardCharsets;

/** JSON with a field per line and two blanks per level, as upstream prints it for people. */
final class Pretty {
  private static final String STEP = "  ";

  private Pretty() {}

  static void print(Object value, int depth, StringBuilder text) {
    if (value instanceof Tree tree && !tree.isEmpty()) {
      text.append("{\n");
      for (int i = 0; i < tree.size(); i++) {
        indent(depth + 1, text).append(scalar(tree.nameAt(i))).append(": ");
        print(tree.valueAt(i), depth + 1, text);
        text.append(i + 1 < tree.size() ? ",\n" : "\n");
      }
      indent(depth, text).append('}');
    } else if (value instanceof Items items && !items.isEmpty()) {
      text.append("[\n");
      for (int i = 0; i < items.size(); i++) {
        print(items.get(i), depth + 1, indent(depth + 1, text));
        text.append(i + 1 < items.size() ? ",\n" : "\n");
      }
      indent(depth, text).append(']');
    } else {
      text.append(scalar(value));
    }
  }

  private static StringBuilder indent(int depth, StringBuilder text) {
    return text.append(STEP.repeat(depth));
  }

  private static String scalar(Object value) {
    return new String(Json.print(value), StandardCharsets.UTF_8);
  }
}
