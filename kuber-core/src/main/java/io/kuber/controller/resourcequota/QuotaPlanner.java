package io.kuber.controller.resourcequota;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.quota.Quota;
import io.kuber.quota.ResourceAmounts;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Decides what the status of a quota says. */
final class QuotaPlanner {
  /** Pods in deletion cease to count by nothing but time passing (upstream: the resync period). */
  private static final Duration RECOUNT = Duration.ofMinutes(5);

  private QuotaPlanner() {}

  /**
   * Plans for a quota.
   *
   * @param objects of its namespace, of each type that it concerns
   */
  static Plan plan(KubeObject object, Map<ResourceType, List<KubeObject>> objects, Instant now) {
    Quota quota = Quota.of(object);
    ResourceAmounts used = ResourceAmounts.zeros(quota.hard());
    for (Map.Entry<ResourceType, List<KubeObject>> entry : objects.entrySet()) {
      used = used.plus(quota.used(entry.getKey(), entry.getValue(), now));
    }
    Tree status = Tree.of("hard", quota.hard().toTree(), "used", used.toTree());
    Plan.Builder plan = Plan.builder().againAfter(RECOUNT);
    if (!status.equals(object.status())) {
      plan.then(Action.updateStatus(Resources.RESOURCE_QUOTAS, object.with(status, "status")));
    }
    return plan.build();
  }
}
