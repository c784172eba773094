package io.kuber.admission.match;

import io.kuber.cel.CelCompileException;
import io.kuber.cel.CelExpression;
import io.kuber.cel.CelLimits;
import io.kuber.cel.CelResult;
import io.kuber.cel.value.DeclaredType;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be true of a write, in CEL, so that a webhook is asked or a policy holds
 * (plugin/webhook/matchconditions).
 */
public final class MatchConditions {
  /** What all such expressions may mention. */
  public static final Map<String, DeclaredType> VARIABLES =
      Map.of(
          "object", DeclaredType.ANY,
          "oldObject", DeclaredType.ANY,
          "request", DeclaredType.ANY);

  private final List<Condition> conditions;

  private MatchConditions(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /** One condition; {@code broken} says why it cannot be evaluated. */
  private record Condition(String text, Optional<CelExpression> expression, String broken) {}

  /** Whether all hold; a complaint where some cannot be evaluated and none is false. */
  public record Result(boolean matches, Optional<String> complaint) {
    private static final Result MATCH = new Result(true, Optional.empty());
    private static final Result MISS = new Result(false, Optional.empty());
  }

  /**
   * Compiled conditions.
   *
   * @param variables what expressions may mention
   */
  public static MatchConditions of(List<Tree> conditions, Map<String, DeclaredType> variables) {
    return new MatchConditions(
        conditions.stream().map(each -> compiled(each.text("expression"), variables)).toList());
  }

  private static Condition compiled(String text, Map<String, DeclaredType> variables) {
    try {
      return new Condition(text, Optional.of(CelExpression.compile(text, variables)), "");
    } catch (CelCompileException e) {
      return new Condition(text, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** A condition that cannot be compiled. */
  public record Broken(int place, String text, String why) {}

  /** The conditions that cannot be compiled. */
  public List<Broken> broken() {
    List<Broken> broken = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      Condition each = conditions.get(i);
      if (each.expression().isEmpty()) {
        broken.add(new Broken(i, each.text(), each.broken()));
      }
    }
    return broken;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return conditions.isEmpty();
  }

  /** Whether all hold of a write. */
  public Result of(Map<String, ?> values) {
    List<String> errors = new ArrayList<>();
    long left = CelLimits.MATCH_CONDITIONS;
    for (Condition condition : conditions) {
      if (condition.expression().isEmpty()) {
        errors.add(condition.broken());
        continue;
      }
      CelResult result = condition.expression().get().evaluate(values, left);
      left -= Math.min(left, result.cost());
      if (result instanceof CelResult.Value && !result.isTrue()) {
        return Result.MISS;
      }
      complaint(condition.text(), result).ifPresent(errors::add);
    }
    return errors.isEmpty()
        ? Result.MATCH
        : new Result(false, Optional.of(String.join(", ", errors)));
  }

  private static Optional<String> complaint(String text, CelResult result) {
    if (result instanceof CelResult.Failed failed) {
      return Optional.of("expression '%s' resulted in error: %s".formatted(text, failed.message()));
    }
    return result instanceof CelResult.OverBudget
        ? Optional.of(
            "validation failed due to running out of cost budget, no further validation"
                + " rules will be run")
        : Optional.empty();
  }
}
