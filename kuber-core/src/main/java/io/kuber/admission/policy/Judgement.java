package io.kuber.admission.policy;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.policy.Evaluation.Outcome;
import io.kuber.admission.policy.ValidatingPolicy.Annotation;
import io.kuber.admission.policy.ValidatingPolicy.Validation;
import io.kuber.cel.CelLimits;
import io.kuber.object.Nil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy has against a write (plugin/policy/validating/validator.go).
 *
 * @param violations what its binding says what to do about
 * @param faults why it could not judge, which are refused in any case
 * @param annotations for an audit log, by their keys
 */
record Judgement(List<Finding> violations, List<Finding> faults, Map<String, String> annotations) {
  /** The longest annotation; upstream cuts there too. */
  private static final int MAX_ANNOTATION = 10 << 10;

  private static final Judgement NOTHING = new Judgement(List.of(), List.of(), Map.of());

  Judgement {
    violations = List.copyOf(violations);
    faults = List.copyOf(faults);
    annotations = Map.copyOf(annotations);
  }

  /**
   * What a policy says.
   *
   * @param isAudited whether somebody listens to its annotations
   */
  static Judgement of(ValidatingPolicy validating, Evaluation evaluation, boolean isAudited) {
    Policy policy = validating.policy();
    MatchConditions.Result matches = evaluation.matches();
    if (matches.complaint().isPresent()) {
      return policy.isLenient()
          ? NOTHING
          : new Judgement(List.of(Finding.of(matches.complaint().get())), List.of(), Map.of());
    }
    if (!matches.matches()) {
      return NOTHING;
    }
    List<Finding> violations = new ArrayList<>();
    for (int i = 0; i < validating.validations().size(); i++) {
      int index = i;
      violation(policy, validating.validations().get(i), evaluation)
          .ifPresent(found -> violations.add(found.at(index)));
      if (evaluation.isExhausted()) {
        return new Judgement(violations, List.of(), Map.of());
      }
    }
    List<Finding> faults = new ArrayList<>();
    Map<String, String> annotations = new HashMap<>();
    if (isAudited || !policy.isLenient()) {
      validating.annotations().forEach(each -> annotate(each, evaluation, annotations, faults));
    }
    return new Judgement(violations, policy.isLenient() ? List.of() : faults, annotations);
  }

  private static Optional<Finding> violation(
      Policy policy, Validation validation, Evaluation evaluation) {
    Outcome outcome = evaluation.evaluate(validation.expression());
    if (outcome.value().isEmpty()) {
      return policy.isLenient() ? Optional.empty() : Optional.of(Finding.of(outcome.failure()));
    }
    return outcome.value().get().equals(true)
        ? Optional.empty()
        : Optional.of(new Finding(message(validation, evaluation), validation.reason()));
  }

  private static String message(Validation validation, Evaluation evaluation) {
    return validation
        .byExpression()
        .flatMap(expression -> evaluation.evaluate(expression).value())
        .filter(String.class::isInstance)
        .map(text -> ((String) text).strip())
        .filter(text -> !text.isEmpty() && text.length() <= CelLimits.MESSAGE_LENGTH)
        .filter(text -> text.indexOf('\n') < 0)
        .orElseGet(
            () ->
                validation.message().isEmpty()
                    ? "failed expression: " + validation.expression().text().strip()
                    : validation.message());
  }

  /** What fails is refused whether or not there is an audit log. */
  private static void annotate(
      Annotation annotation,
      Evaluation evaluation,
      Map<String, String> annotations,
      List<Finding> faults) {
    Outcome outcome = evaluation.evaluate(annotation.value());
    if (outcome.value().isEmpty()) {
      faults.add(Finding.of(outcome.failure()));
    } else if (outcome.value().get() instanceof String text) {
      annotations.put(annotation.key(), cut(text.strip()));
    } else if (outcome.value().get() != Nil.NIL) {
      faults.add(
          Finding.of(
              "valueExpression '%s' resulted in unsupported return type. Return type must be either string or null."
                  .formatted(annotation.value().text())));
    }
  }

  private static String cut(String text) {
    return text.length() > MAX_ANNOTATION ? text.substring(0, MAX_ANNOTATION) : text;
  }
}
