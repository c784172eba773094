package io.kuber.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields of names an expression mentions, wherever in it. */
final class SelectedFields {
  /** The operator of {@code a.?b}. */
  private static final String OPTIONAL_SELECT = "_?._";

  private SelectedFields() {}

  /** The fields behind their names, such as {@code claims.email}. */
  static Set<String> of(CelAbstractSyntaxTree ast) {
    return CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .flatMap(expr -> selected(expr).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> selected(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> field(expr.select().operand(), expr.select().field());
      case CALL -> optional(expr.call());
      default -> Optional.empty();
    };
  }

  private static Optional<String> optional(CelCall call) {
    if (!call.function().equals(OPTIONAL_SELECT) || call.args().size() != 2) {
      return Optional.empty();
    }
    CelExpr name = call.args().get(1);
    return name.getKind() == Kind.CONSTANT
            && name.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? field(call.args().get(0), name.constant().stringValue())
        : Optional.empty();
  }

  private static Optional<String> field(CelExpr operand, String name) {
    return operand.getKind() == Kind.IDENT
        ? Optional.of(operand.ident().name() + "." + name)
        : Optional.empty();
  }
}
