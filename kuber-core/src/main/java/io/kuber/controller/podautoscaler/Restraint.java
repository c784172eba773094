package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import java.time.Instant;

/**
 * How much of a recommendation is followed now (upstream: normalizeDesiredReplicas and
 * normalizeDesiredReplicasWithBehaviors in pkg/controller/podautoscaler/horizontal.go).
 *
 * @param replicas what to scale to
 * @param able the reason and text of the condition AbleToScale
 * @param limited the condition ScalingLimited
 */
record Restraint(long replicas, Reason able, boolean isLimited, Reason limited) {
  /** A reason and what it says. */
  record Reason(String name, String text) {}

  private static final Reason READY =
      new Reason("ReadyForNewScale", "recommended size matches current size");
  private static final Reason HELD_UP =
      new Reason(
          "ScaleUpStabilized",
          "recent recommendations were lower than current one, applying the lowest recent"
              + " recommendation");
  private static final Reason HELD_DOWN =
      new Reason(
          "ScaleDownStabilized",
          "recent recommendations were higher than current one, applying the highest recent"
              + " recommendation");
  private static final Reason WITHIN =
      new Reason("DesiredWithinRange", "the desired count is within the acceptable range");
  private static final Reason TOO_FAST_UP =
      new Reason(
          "ScaleUpLimit",
          "the desired replica count is increasing faster than the maximum scale rate");
  private static final Reason TOO_FAST_DOWN =
      new Reason(
          "ScaleDownLimit",
          "the desired replica count is decreasing faster than the maximum scale rate");
  private static final Reason TOO_MANY =
      new Reason(
          "TooManyReplicas", "the desired replica count is more than the maximum replica count");
  private static final Reason TOO_FEW =
      new Reason(
          "TooFewReplicas", "the desired replica count is less than the minimum replica count");

  /** Without rules replicas may double in one go, or come to a few. */
  private static final long FACTOR = 2;

  private static final long AT_ONCE = 4;

  /**
   * Restrains a recommendation.
   *
   * @param history what was recommended before this one
   */
  static Restraint of(
      KubeObject scaler, long current, long recommended, History history, Instant now) {
    Rules up = Rules.of(scaler, "scaleUp");
    Rules down = Rules.of(scaler, "scaleDown");
    boolean hasRules = scaler.spec().has("behavior");
    long highest = history.highest(down.window(), recommended, now);
    // Without rules the highest recommendation counts, even where it is more than there is now.
    long stable =
        hasRules
            ? Math.min(Math.max(current, history.lowest(up.window(), recommended, now)), highest)
            : highest;
    Reason able =
        stable == recommended ? READY : hasRules && recommended >= current ? HELD_UP : HELD_DOWN;
    long least = AutoscalerPlanner.least(scaler);
    long most = scaler.spec().number(1, "maxReplicas");
    if (stable > current) {
      long limit = hasRules ? up.upTo(current, history, now) : Math.max(FACTOR * current, AT_ONCE);
      long fastest = Math.max(current, limit);
      Reason reason = fastest < most ? TOO_FAST_UP : TOO_MANY;
      return bounded(stable, Math.min(stable, Math.min(most, fastest)), able, reason);
    }
    if (stable < current) {
      long fastest = Math.min(current, down.downTo(current, history, now));
      Reason reason = fastest > least ? TOO_FAST_DOWN : TOO_FEW;
      return bounded(stable, Math.max(stable, Math.max(least, fastest)), able, reason);
    }
    return bounded(stable, stable, able, WITHIN);
  }

  private static Restraint bounded(long wanted, long allowed, Reason able, Reason reason) {
    return wanted == allowed
        ? new Restraint(allowed, able, false, WITHIN)
        : new Restraint(allowed, able, true, reason);
  }
}
