package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * How fast an autoscaler may go in one direction.
 *
 * @param window over which the most cautious recommendation counts
 * @param select which of several policies counts: Max, Min or Disabled
 * @param tolerance how far the ratio of usage may be from one without effect
 */
record Rules(Duration window, String select, List<Policy> policies, double tolerance) {
  private static final double TOLERANCE = 0.1;
  private static final long DOWN_WINDOW_SECONDS = 300;
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private static final List<Policy> DOUBLE_OR_FOUR =
      List.of(new Policy(false, 4, PERIOD), new Policy(true, 100, PERIOD));
  private static final List<Policy> ALL_AT_ONCE = List.of(new Policy(true, 100, PERIOD));

  /**
   * So many pods, or percent of them, in a period.
   *
   * @param percent whether the value is a share
   */
  record Policy(boolean percent, long value, Duration period) {
    static Policy of(Tree tree) {
      return new Policy(
          tree.text("type").equals("Percent"),
          tree.number(0, "value"),
          Duration.ofSeconds(tree.number(0, "periodSeconds")));
    }
  }

  /** The rules for {@code scaleUp} or {@code scaleDown}. */
  static Rules of(KubeObject scaler, String direction) {
    Tree rules = scaler.spec().tree("behavior", direction);
    boolean up = direction.equals("scaleUp");
    long window = rules.number(up ? 0 : DOWN_WINDOW_SECONDS, "stabilizationWindowSeconds");
    List<Policy> policies = rules.items("policies").trees().stream().map(Policy::of).toList();
    Object tolerance = rules.get("tolerance");
    return new Rules(
        Duration.ofSeconds(window),
        rules.text("selectPolicy"),
        !policies.isEmpty() ? policies : up ? DOUBLE_OR_FOUR : ALL_AT_ONCE,
        tolerance == null ? TOLERANCE : Quantity.of(tolerance).number().doubleValue());
  }

  /** The most replicas that an autoscaler may go up to now. */
  long upTo(long current, History history, Instant now) {
    LongBinaryOperator choice = select.equals("Min") ? Math::min : Math::max;
    return select.equals("Disabled")
        ? current
        : policies.stream()
            .mapToLong(policy -> up(policy, history.startOf(policy.period(), current, now)))
            .reduce(choice)
            .orElse(current);
  }

  private static long up(Policy policy, long start) {
    return policy.percent()
        ? ReplicaCount.ceil(start * (1 + policy.value() / 100.0))
        : start + policy.value();
  }

  /** The fewest replicas that an autoscaler may go down to now. */
  long downTo(long current, History history, Instant now) {
    LongBinaryOperator choice = select.equals("Min") ? Math::max : Math::min;
    return select.equals("Disabled")
        ? current
        : policies.stream()
            .mapToLong(policy -> down(policy, history.startOf(policy.period(), current, now)))
            .reduce(choice)
            .orElse(current);
  }

  private static long down(Policy policy, long start) {
    return policy.percent()
        ? (long) (start * (1 - policy.value() / 100.0))
        : start - policy.value();
  }
}
