package io.kuber.admission.policy;

import io.kuber.admission.match.MatchConditions;
import io.kuber.admission.policy.Evaluation.Outcome;
import io.kuber.admission.policy.ValidatingPolicy.Validation;
import io.kuber.cel.CelLimits;
import io.kuber.object.Nil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a policy has against a write (plugin/policy/validating/validator.go).
 *
 * @param violations what its binding says what to do about
 * @param faults why it could not judge, which are refused in any case
 */
record Judgement(List<Finding> violations, List<Finding> faults) {
  private static final Judgement NOTHING = new Judgement(List.of(), List.of());

  Judgement {
    violations = List.copyOf(violations);
    faults = List.copyOf(faults);
  }

  static Judgement of(ValidatingPolicy validating, Evaluation evaluation) {
    Policy policy = validating.policy();
    MatchConditions.Result matches = evaluation.matches();
    if (matches.complaint().isPresent()) {
      return policy.isLenient()
          ? NOTHING
          : new Judgement(List.of(Finding.of(matches.complaint().get())), List.of());
    }
    if (!matches.matches()) {
      return NOTHING;
    }
    List<Finding> violations = new ArrayList<>();
    for (Validation validation : validating.validations()) {
      violation(policy, validation, evaluation).ifPresent(violations::add);
      if (evaluation.isExhausted()) {
        return new Judgement(violations, List.of());
      }
    }
    List<Finding> faults =
        policy.isLenient()
            ? List.of()
            : validating.annotations().stream().flatMap(each -> fault(each, evaluation)).toList();
    return new Judgement(violations, faults);
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

  /** There is no audit log yet; but what fails is refused all the same. */
  private static Stream<Finding> fault(Expression annotation, Evaluation evaluation) {
    Outcome outcome = evaluation.evaluate(annotation);
    if (outcome.value().isEmpty()) {
      return Stream.of(Finding.of(outcome.failure()));
    }
    Object value = outcome.value().get();
    return value instanceof String || value == Nil.NIL
        ? Stream.empty()
        : Stream.of(
            Finding.of(
                "valueExpression '%s' resulted in unsupported return type. Return type must be either string or null."
                    .formatted(annotation.text())));
  }
}
