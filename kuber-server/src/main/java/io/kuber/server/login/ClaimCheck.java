package io.kuber.server.login;

import io.kuber.object.Tree;

/** What has to be true of the claims of a token, or of the user made of them. */
sealed interface ClaimCheck {
  /** Throws when it is not. */
  void check(Tree value) throws ClaimException;

  /** A claim is there and says just this. */
  record Equal(String claim, String wanted) implements ClaimCheck {
    @Override
    public void check(Tree claims) throws ClaimException {
      if (!claims.has(claim)) {
        throw new ClaimException("required claim " + claim + " not present in ID token");
      }
      if (!wanted.equals(claims.get(claim))) {
        throw new ClaimException("required claim " + claim + " value does not match");
      }
    }
  }

  /** An expression comes to true; otherwise the bearer is told the message. */
  record Holds(ClaimExpression expression, String message) implements ClaimCheck {
    @Override
    public void check(Tree value) throws ClaimException {
      String failed = "error evaluating " + expression.variable() + " validation expression: ";
      Object found;
      try {
        found = expression.of(value);
      } catch (ClaimException e) {
        throw new ClaimException(failed + e.why());
      }
      if (!Boolean.TRUE.equals(found)) {
        throw new ClaimException(
            failed + "validation expression '%s' failed: %s".formatted(expression.text(), message));
      }
    }
  }
}
