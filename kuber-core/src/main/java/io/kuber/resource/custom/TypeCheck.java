package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.math.BigDecimal;
import java.util.List;

/** Whether a value is of a type that its schema allows. */
final class TypeCheck {
  private TypeCheck() {}

  /**
   * Reports a value of a wrong type; a null is not this check's business. A right type counts for
   * two matches, as in kube-openapi.
   */
  static void check(Object value, Structural schema, String path, Verdict verdict) {
    List<String> types = schema.types();
    String format = schema.limits().format();
    if (types.isEmpty() && format.isEmpty()) {
      return;
    }
    boolean isCounted = types.contains("number") || types.contains("integer");
    boolean isText = value instanceof String || value instanceof Items;
    if (!isText && !format.isEmpty() && !fits(value, types, format)) {
      verdict.wrongType(path, format, formatOf(value));
    } else if (!(isText && !format.isEmpty() && !isCounted) && !fits(value, types, "")) {
      verdict.wrongType(path, String.join(",", types), typeOf(value));
    } else {
      verdict.matched();
      verdict.matched();
    }
  }

  private static boolean fits(Object value, List<String> types, String format) {
    String type = typeOf(value);
    return types.contains(type)
        || (!format.isEmpty() && formatOf(value).equals(format))
        || (type.equals("integer") && types.contains("number"))
        || (value instanceof BigDecimal number && isWhole(number) && types.contains("integer"));
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private static String formatOf(Object value) {
    return value instanceof Long ? "int64" : value instanceof BigDecimal ? "double" : "";
  }

  static String typeOf(Object value) {
    if (value instanceof Tree) {
      return "object";
    }
    if (value instanceof Items) {
      return "array";
    }
    if (value instanceof String) {
      return "string";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof Long ? "integer" : value instanceof BigDecimal ? "number" : "null";
  }
}
