package io.kuber.server.login;

import io.kuber.cel.CelCompileException;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import java.util.Optional;

/**
 * Compiles the expressions of a file. Owned by one call.
 *
 * @param problems where it complains
 */
record ExpressionReader(Problems problems) {
  /** One over {@code claims}, of any type. */
  Optional<ClaimExpression> ofClaims(String text, FieldPath at) {
    try {
      return Optional.of(ClaimExpression.ofClaims(text));
    } catch (CelCompileException e) {
      return broken(text, at, e);
    }
  }

  /** One over {@code claims} that says yes or no. */
  Optional<ClaimExpression> conditionOnClaims(String text, FieldPath at) {
    return condition(ofClaims(text, at), at);
  }

  /** One over {@code user} that says yes or no. */
  Optional<ClaimExpression> conditionOnUser(String text, FieldPath at) {
    try {
      return condition(Optional.of(ClaimExpression.ofUser(text)), at);
    } catch (CelCompileException e) {
      return broken(text, at, e);
    }
  }

  private Optional<ClaimExpression> broken(String text, FieldPath at, CelCompileException why) {
    problems.invalid(at, text, "compilation failed: " + why.text());
    return Optional.empty();
  }

  private Optional<ClaimExpression> condition(Optional<ClaimExpression> found, FieldPath at) {
    if (found.isPresent() && !found.get().isCondition()) {
      problems.invalid(at, found.get().text(), "must evaluate to bool");
      return Optional.empty();
    }
    return found;
  }
}
