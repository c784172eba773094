package io.kuber.admission.policy;

import io.kuber.cel.CelCompileException;
import io.kuber.cel.CelExpression;
import io.kuber.cel.value.DeclaredType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An expression of a policy.
 *
 * @param compiled absent where it cannot be compiled
 * @param broken why not
 */
record Expression(String text, Optional<CelExpression> compiled, String broken) {
  /** What is seen by what it is, and may thus be of any type. */
  private static final String ANY = "dyn";

  @FunctionalInterface
  private interface Compiler {
    CelExpression compile(String text, Map<String, DeclaredType> variables)
        throws CelCompileException;
  }

  /**
   * An expression of one of these types.
   *
   * @param types as the checker names them; any where there are none
   */
  static Expression of(String text, Map<String, DeclaredType> variables, Set<String> types) {
    return of(text, variables, types, CelExpression::compile);
  }

  /** An expression that makes an {@code Object}, or a list of patches. */
  static Expression ofChange(String text, Map<String, DeclaredType> variables, String type) {
    return of(text, variables, Set.of(type), CelExpression::compileChange);
  }

  private static Expression of(
      String text, Map<String, DeclaredType> variables, Set<String> types, Compiler compiler) {
    try {
      CelExpression compiled = compiler.compile(text, variables);
      String type = compiled.resultType();
      return types.isEmpty() || type.equals(ANY) || types.contains(type)
          ? new Expression(text, Optional.of(compiled), "")
          : broken(
              text, "must evaluate to " + String.join(" or ", types.stream().sorted().toList()));
    } catch (CelCompileException wrong) {
      return broken(text, "compilation failed: " + wrong.getMessage());
    }
  }

  private static Expression broken(String text, String why) {
    return new Expression(text, Optional.empty(), why);
  }
}
