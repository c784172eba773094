package io.kuber.server.login;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.StrictFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code jwt[].claimValidationRules} and {@code userValidationRules}. Owned by one call. */
final class RulesReader {
  private static final String CLAIM = "claim";
  private static final String VALUE = "requiredValue";
  private static final String EXPRESSION = "expression";
  private static final String MESSAGE = "message";
  private static final Set<String> OF_CLAIMS = Set.of(CLAIM, VALUE, EXPRESSION, MESSAGE);
  private static final Set<String> OF_USERS = Set.of(EXPRESSION, MESSAGE);

  private final Problems problems;
  private final StrictFields fields;
  private final ExpressionReader expressions;
  private boolean seesVerifiedEmail;

  RulesReader(Problems problems) {
    this.problems = problems;
    this.fields = new StrictFields(problems);
    this.expressions = new ExpressionReader(problems);
  }

  /** Whether a rule that was read looks at {@code claims.email_verified}. */
  boolean seesVerifiedEmail() {
    return seesVerifiedEmail;
  }

  /** What has to be true of the claims. */
  List<ClaimCheck> claims(Tree provider, FieldPath provided) {
    List<Tree> rules = fields.trees(provider, "claimValidationRules", provided);
    Set<String> claims = new HashSet<>();
    Set<String> texts = new HashSet<>();
    List<ClaimCheck> checks = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      FieldPath at = provided.child("claimValidationRules").index(i);
      Tree rule = rules.get(i);
      fields.known(rule, OF_CLAIMS, at);
      String claim = fields.text(rule, CLAIM, at);
      String expression = fields.text(rule, EXPRESSION, at);
      if (!claim.isEmpty() && !expression.isEmpty()) {
        problems.invalid(at, claim, "claim and expression can't both be set");
      } else if (!claim.isEmpty()) {
        equal(rule, claim, claims, at).ifPresent(checks::add);
      } else if (!expression.isEmpty()) {
        holds(rule, expression, texts, at).ifPresent(checks::add);
      } else {
        problems.required(at, "claim or expression is required");
      }
    }
    return checks;
  }

  private Optional<ClaimCheck> equal(Tree rule, String claim, Set<String> seen, FieldPath at) {
    absent(rule, MESSAGE, at, CLAIM);
    if (!seen.add(claim)) {
      problems.duplicate(at.child(CLAIM), claim);
    }
    return Optional.of(new ClaimCheck.Equal(claim, fields.text(rule, VALUE, at)));
  }

  private Optional<ClaimCheck> holds(Tree rule, String text, Set<String> seen, FieldPath at) {
    absent(rule, VALUE, at, EXPRESSION);
    if (!seen.add(text)) {
      problems.duplicate(at.child(EXPRESSION), text);
      return Optional.empty();
    }
    Optional<ClaimExpression> expression =
        expressions.conditionOnClaims(text, at.child(EXPRESSION));
    seesVerifiedEmail |=
        expression.filter(found -> found.usesClaim(ClaimSource.EMAIL_VERIFIED)).isPresent();
    String message = fields.text(rule, MESSAGE, at);
    return expression.map(found -> new ClaimCheck.Holds(found, message));
  }

  /** What has to be true of the user. */
  List<ClaimCheck> users(Tree provider, FieldPath provided) {
    List<Tree> rules = fields.trees(provider, "userValidationRules", provided);
    Set<String> seen = new HashSet<>();
    List<ClaimCheck> checks = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      FieldPath at = provided.child("userValidationRules").index(i);
      fields.known(rules.get(i), OF_USERS, at);
      String text = fields.text(rules.get(i), EXPRESSION, at);
      String message = fields.text(rules.get(i), MESSAGE, at);
      if (text.isEmpty()) {
        problems.required(at.child(EXPRESSION), "");
      } else if (!seen.add(text)) {
        problems.duplicate(at.child(EXPRESSION), text);
      } else {
        expressions
            .conditionOnUser(text, at.child(EXPRESSION))
            .ifPresent(found -> checks.add(new ClaimCheck.Holds(found, message)));
      }
    }
    return checks;
  }

  private void absent(Tree rule, String name, FieldPath at, String other) {
    if (!fields.text(rule, name, at).isEmpty()) {
      problems.invalid(
          at.child(name), rule.text(name), "may not be specified when " + other + " is set");
    }
  }
}
