package io.kuber.schema;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;

/**
 * What a null in a list or map becomes: the zero value of its type, as in the decoders in Go. Where
 * that is written as null again, such as for times, it stays a null.
 */
final class Zero {
  private Zero() {}

  static Object of(Shape shape) {
    if (shape instanceof Listed) {
      return Items.EMPTY;
    }
    if (!(shape instanceof Scalar scalar)) {
      return Tree.EMPTY;
    }
    return switch (scalar) {
      case BOOL, JSON_OR_BOOL -> false;
      case INT32, INT64, DOUBLE, INT_OR_STRING -> 0L;
      case QUANTITY -> "0";
      case DURATION -> "0s";
      case TEXT, BYTES -> "";
      default -> Nil.NIL;
    };
  }
}
