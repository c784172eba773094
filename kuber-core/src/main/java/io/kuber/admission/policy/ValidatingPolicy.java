package io.kuber.admission.policy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy that refuses.
 *
 * @param validations what must be true
 * @param annotations what an audit log is to be told
 */
record ValidatingPolicy(Policy policy, List<Validation> validations, List<Annotation> annotations) {
  ValidatingPolicy {
    validations = List.copyOf(validations);
    annotations = List.copyOf(annotations);
  }

  /**
   * What must be true.
   *
   * @param message what is said otherwise; empty for the expression itself
   * @param byExpression makes a message
   * @param reason of the refusal
   */
  record Validation(
      Expression expression, String message, Optional<Expression> byExpression, String reason) {}

  /**
   * What an audit log is told.
   *
   * @param key without the name of the policy, which stands before it
   */
  record Annotation(String key, Expression value) {}

  static ValidatingPolicy of(KubeObject object) {
    Policy policy = Policy.of(object);
    Vocabulary words = policy.vocabulary();
    return new ValidatingPolicy(
        policy,
        object.spec().items("validations").trees().stream()
            .map(each -> validation(each, words))
            .toList(),
        object.spec().items("auditAnnotations").trees().stream()
            .map(
                each ->
                    new Annotation(
                        each.text("key"),
                        Expression.of(
                            each.text("valueExpression"),
                            words.names(),
                            Set.of("string", "null_type"))))
            .toList());
  }

  private static Validation validation(Tree validation, Vocabulary words) {
    String message = validation.text("messageExpression");
    return new Validation(
        Expression.of(validation.text("expression"), words.names(), Set.of("bool")),
        validation.text("message").strip(),
        message.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Expression.of(message, words.withoutAuthorizer().names(), Set.of("string"))),
        validation.text("reason"));
  }
}
