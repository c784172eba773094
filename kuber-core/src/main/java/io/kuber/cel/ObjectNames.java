package io.kuber.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelStruct;

/**
 * Whether objects stand where their types say: a value of the field {@code selector} of an {@code
 * Object.spec} is an {@code Object.spec.selector} (apiserver, pkg/cel/mutation, {@code
 * CheckTypeNamesMatchFieldPathNames}).
 */
final class ObjectNames {
  private ObjectNames() {}

  /** Complains of the first object that stands somewhere else. */
  static void check(CelExpr expr) throws CelCompileException {
    switch (expr.getKind()) {
      case STRUCT -> fields(expr.struct());
      case LIST -> {
        for (CelExpr element : expr.list().elements()) {
          check(element);
        }
      }
      case CALL -> {
        for (CelExpr argument : expr.call().args()) {
          check(argument);
        }
      }
      default -> {
        // Nothing else can hold an object that the expression makes.
      }
    }
  }

  private static void fields(CelStruct struct) throws CelCompileException {
    for (CelStruct.Entry entry : struct.entries()) {
      if (struct.messageName().startsWith("Object")) {
        below(struct.messageName() + "." + entry.fieldKey(), entry.value());
      }
      check(entry.value());
    }
  }

  private static void below(String path, CelExpr value) throws CelCompileException {
    if (value.getKind() == CelExpr.ExprKind.Kind.LIST) {
      for (CelExpr element : value.list().elements()) {
        below(path, element);
      }
    } else if (value.getKind() == CelExpr.ExprKind.Kind.STRUCT
        && !value.struct().messageName().equals(path)) {
      throw new CelCompileException(
          "type mismatch: unexpected type name \"%s\", expected \"%s\", which matches field name path from root Object type"
              .formatted(value.struct().messageName(), path));
    }
  }
}
