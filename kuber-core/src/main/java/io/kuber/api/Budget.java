package io.kuber.api;

import io.kuber.api.ApiException.Cause;
import io.kuber.api.ApiException.Details;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The disruption budget of a pod that somebody wants to evict. Pure.
 *
 * @param stored as it is stored
 */
record Budget(Stored stored) {
  /** Evictions that the budget's controller has not noticed yet. */
  private static final int MAX_DISRUPTED_PODS = 2000;

  /** After so long a budget that is new will have been looked at. */
  private static final int RETRY_SECONDS = 10;

  private static final String VIOLATED =
      "Cannot evict pod as it would violate the pod's disruption budget.";

  /** Whether no budget is hurt when the pod goes: it does not serve, or is going already. */
  static boolean mayBeIgnored(KubeObject pod) {
    return pod.isBeingDeleted() || Pods.phase(pod).equals("Pending") || Pods.isFinished(pod);
  }

  /** The budget that has a say; two of them are a mistake that somebody has to correct. */
  static Optional<Budget> of(KubeObject pod, Image image) {
    Optional<Budget> found = Optional.empty();
    Iterator<Stored> all =
        image.scan(Resources.POD_DISRUPTION_BUDGETS.qualifiedName(), pod.namespace(), null);
    while (!mayBeIgnored(pod) && all.hasNext()) {
      Budget budget = new Budget(all.next());
      if (!budget.covers(pod)) {
        continue;
      }
      if (found.isPresent()) {
        throw new ApiException(
            StatusReason.INTERNAL_ERROR,
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                + " not support.");
      }
      found = Optional.of(budget);
    }
    return found;
  }

  private KubeObject budget() {
    return stored.object();
  }

  private boolean covers(KubeObject pod) {
    return budget().spec().get("selector") instanceof Tree selector
        && LabelSelector.of(selector).matches(pod.metadata().tree("labels"));
  }

  /** Takes one eviction from the budget, or refuses with reason TooManyRequests. */
  Decision spend(Stored pod, Instant now) {
    Tree status = budget().status();
    boolean spent = status.tree("disruptedPods").has(pod.object().name());
    if (spent || isFree(pod.object())) {
      return new Decision.Leave(pod);
    }
    check(status);
    long left = status.number(0, "disruptionsAllowed") - 1;
    Tree after =
        status
            .with("disruptionsAllowed", left)
            .withAt(Times.text(now), "disruptedPods", pod.object().name());
    if (left == 0) {
      Condition none = Condition.of("DisruptionAllowed", "False", "InsufficientPods", "", now);
      after =
          new Condition(none.tree().with("observedGeneration", budget().generation()))
              .putInto(after);
    }
    return new Decision.Put(stored.key(), stored, budget().with(after, "status"));
  }

  /** Whether a pod that is not ready anyway may go without counting. */
  private boolean isFree(KubeObject pod) {
    if (Pods.isReady(pod)) {
      return false;
    }
    Tree status = budget().status();
    boolean always = budget().spec().text("unhealthyPodEvictionPolicy").equals("AlwaysAllow");
    long desired = status.number(0, "desiredHealthy");
    return always || (desired > 0 && status.number(0, "currentHealthy") >= desired);
  }

  private void check(Tree status) {
    if (status.number(0, "observedGeneration") < budget().generation()) {
      throw refused(
          RETRY_SECONDS,
          "The disruption budget %s is still being processed by the server."
              .formatted(budget().name()));
    }
    long allowed = status.number(0, "disruptionsAllowed");
    if (allowed < 0) {
      throw forbidden("pdb disruptions allowed is negative");
    }
    if (status.tree("disruptedPods").size() > MAX_DISRUPTED_PODS) {
      throw forbidden(
          "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (allowed == 0) {
      throw refused(0, whyNone(status));
    }
  }

  private String whyNone(Tree status) {
    Optional<Condition> failed =
        Condition.find(status, "DisruptionAllowed")
            .filter(condition -> condition.reason().equals("SyncFailed"));
    if (failed.isPresent()) {
      return "The disruption budget %s does not allow evicting pods currently because it failed sync: %s"
          .formatted(budget().name(), failed.get().tree().text("message"));
    }
    return "The disruption budget %s needs %d healthy pods and has %d currently"
        .formatted(
            budget().name(),
            status.number(0, "desiredHealthy"),
            status.number(0, "currentHealthy"));
  }

  private ApiException forbidden(String why) {
    return Failures.forbidden(Resources.POD_DISRUPTION_BUDGETS, budget().name(), why);
  }

  /** The pod changes too fast to be evicted as it was looked at. */
  static ApiException busy() {
    return refused(RETRY_SECONDS, "The pod changed while it was to be evicted.");
  }

  private static ApiException refused(int retryAfterSeconds, String why) {
    return new ApiException(
        StatusReason.TOO_MANY_REQUESTS,
        VIOLATED,
        new Details(
            "", "", "", "", List.of(new Cause("DisruptionBudget", why, "")), retryAfterSeconds));
  }
}
