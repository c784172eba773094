package io.kuber.controller.podautoscaler;

import io.kuber.client.Client.PatchType;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one plan for one autoscaler. Lives as long as the making. */
final class AutoscalerPlanner {
  /** How often the metrics are looked at (upstream: HorizontalPodAutoscalerSyncPeriod). */
  static final Duration PERIOD = Duration.ofSeconds(15);

  private static final String ABLE = "AbleToScale";
  private static final String ACTIVE = "ScalingActive";
  private static final String LIMITED = "ScalingLimited";

  private final KubeObject scaler;
  private final Instant now;
  private final Plan.Builder plan = Plan.builder().againAfter(PERIOD);
  private final List<Note> notes = new ArrayList<>();
  private History history;
  private Tree status;

  AutoscalerPlanner(KubeObject scaler, History history, Instant now) {
    this.scaler = scaler;
    this.history = history;
    this.now = now;
    this.status = scaler.status();
  }

  /** The fewest replicas that the autoscaler wants. */
  static long least(KubeObject scaler) {
    return scaler.spec().number(1, "minReplicas");
  }

  /** What is to be remembered, once a plan is made. */
  History history() {
    return history;
  }

  /** The plan for a target that cannot be found. */
  Plan planWithout(String why) {
    warn("FailedGetScale", why);
    set(
        ABLE,
        false,
        "FailedGetScale",
        "the HPA controller was unable to get the target's current scale: " + why);
    return finish();
  }

  /**
   * The plan for a target.
   *
   * @param pods those of its selector
   * @param rivals all autoscalers that control such pods, this one included, as namespace/name
   */
  Plan plan(Target target, List<KubeObject> pods, List<String> rivals, Metrics metrics) {
    set(
        ABLE,
        true,
        "SucceededGetScale",
        "the HPA controller was able to get the target's current scale");
    long current = target.replicas();
    long least = least(scaler);
    long most = scaler.spec().number(1, "maxReplicas");
    history = history.seen(current, now);
    if (current == 0 && least != 0) {
      set(
          ACTIVE,
          false,
          "ScalingDisabled",
          "scaling is disabled since the replica count of the target is zero");
      return tell(current, 0, Items.EMPTY);
    } else if (current > most) {
      scale(target, most, "Current number of replicas above Spec.MaxReplicas");
      return tell(current, most, Items.EMPTY);
    } else if (current < least) {
      scale(target, least, "Current number of replicas below Spec.MinReplicas");
      return tell(current, least, Items.EMPTY);
    }
    return selectorOf(target, rivals)
        .map(
            selector ->
                byMetrics(target, new Proposals(metrics, scaler, target, selector, pods, now)))
        .orElseGet(() -> tell(current, desired(), Items.EMPTY));
  }

  private long desired() {
    return scaler.status().number(0, "desiredReplicas");
  }

  private Optional<LabelSelector> selectorOf(Target target, List<String> rivals) {
    if (target.selector().isEmpty()) {
      warn("SelectorRequired", "selector is required");
      set(ACTIVE, false, "InvalidSelector", "the HPA target's scale is missing a selector");
      return Optional.empty();
    }
    if (rivals.size() > 1) {
      String text =
          "pods by selector %s are controlled by multiple HPAs: [%s]"
              .formatted(target.selector().get(), String.join(" ", rivals));
      warn("AmbiguousSelector", text);
      set(ACTIVE, false, "AmbiguousSelector", text);
      return Optional.empty();
    }
    return target.selector();
  }

  private Plan byMetrics(Target target, Proposals proposals) {
    List<Proposal.Count> counts = new ArrayList<>();
    List<Proposal.Failure> failures = new ArrayList<>();
    for (Proposal proposal : proposals.all()) {
      if (proposal instanceof Proposal.Count count) {
        counts.add(count);
      } else if (proposal instanceof Proposal.Failure failure) {
        failures.add(failure);
        warn(failure.reason(), failure.cause());
      }
    }
    Items told = Items.copyOf(counts.stream().map(Proposal.Count::status).toList());
    Optional<Proposal.Count> largest =
        counts.stream().reduce((one, other) -> other.replicas() > one.replicas() ? other : one);
    boolean blind =
        largest.isEmpty() || !failures.isEmpty() && largest.get().replicas() < target.replicas();
    if (blind) {
      return withoutMetrics(failures, counts.size(), target.replicas(), told);
    }
    Proposal.Count chosen = largest.get();
    set(
        ACTIVE,
        true,
        "ValidMetricFound",
        "the HPA was able to successfully calculate a replica count from " + chosen.metric());
    return follow(target, chosen, told);
  }

  /** Some metric that is not known might want more pods than there are. */
  private Plan withoutMetrics(
      List<Proposal.Failure> failures, int known, long current, Items told) {
    Proposal.Failure first = failures.get(0);
    set(
        ACTIVE,
        false,
        first.reason(),
        "the HPA was unable to compute the replica count: " + first.cause());
    warn(
        "FailedComputeMetricsReplicas",
        "invalid metrics (%d invalid out of %d), first error is: %s"
            .formatted(failures.size(), failures.size() + known, first.whole()));
    return tell(current, desired(), told);
  }

  private Plan follow(Target target, Proposal.Count chosen, Items told) {
    long current = target.replicas();
    Restraint restraint = Restraint.of(scaler, current, chosen.replicas(), history, now);
    history = history.recommending(chosen.replicas(), now);
    set(ABLE, true, restraint.able().name(), restraint.able().text());
    set(LIMITED, restraint.isLimited(), restraint.limited().name(), restraint.limited().text());
    if (restraint.replicas() != current) {
      scale(target, restraint.replicas(), chosen.why(current));
    }
    return tell(current, restraint.replicas(), told);
  }

  private void scale(Target target, long replicas, String why) {
    history = history.asking(target.replicas(), replicas, now);
    String text = "New size: %d; reason: %s".formatted(replicas, why);
    Tree patch = Tree.EMPTY.withAt(replicas, "spec", "replicas");
    plan.then(
        new Action.Patch(
                target.type(),
                scaler.namespace(),
                target.object().name(),
                "scale",
                PatchType.MERGE,
                patch)
            .announcing(
                new Announcement(
                    Optional.of(Note.normal(scaler, "SuccessfulRescale", text)),
                    Optional.of(Note.warning(scaler, "FailedRescale", text + "; error: %s")))));
    plan.onFailure(failure -> unable(String.valueOf(failure.getMessage())));
    set(
        ABLE,
        true,
        "SucceededRescale",
        "the HPA controller was able to update the target scale to " + replicas);
    status = status.with("lastScaleTime", Timestamps.seconds(now));
  }

  private List<Action> unable(String failure) {
    Tree failed =
        Condition.of(
                ABLE,
                "False",
                "FailedUpdateScale",
                "the HPA controller was unable to update the target scale: " + failure,
                now)
            .putInto(scaler.status());
    return List.of(
        Action.updateStatus(Resources.HORIZONTAL_POD_AUTOSCALERS, scaler.with(failed, "status")));
  }

  private Plan tell(long current, long desired, Items metrics) {
    status = status.with("currentReplicas", current).with("desiredReplicas", desired);
    status =
        metrics.isEmpty()
            ? status.without("currentMetrics")
            : status.with("currentMetrics", metrics);
    return finish();
  }

  private Plan finish() {
    if (!status.equals(scaler.status())) {
      plan.then(
          Action.updateStatus(Resources.HORIZONTAL_POD_AUTOSCALERS, scaler.with(status, "status")));
    }
    notes.forEach(note -> plan.then(new Action.Emit(note)));
    return plan.build();
  }

  private void set(String type, boolean value, String reason, String message) {
    status = Condition.of(type, value ? "True" : "False", reason, message, now).putInto(status);
  }

  private void warn(String reason, String message) {
    notes.add(Note.warning(scaler, reason, message));
  }
}
