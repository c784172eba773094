package io.kuber.controller.endpoints;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.reconcile.Note;
import io.kuber.reconcile.Plan;
import io.kuber.resource.Resources;
import io.kuber.view.ServiceBackend;
import java.util.List;
import java.util.Optional;

/** Decides what the Endpoints object of a Service says. */
final class EndpointsPlanner {
  private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String MANAGER = "endpoint-controller";
  private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

  private EndpointsPlanner() {}

  static boolean isOurs(KubeObject endpoints) {
    return endpoints.labels().getOrDefault(MANAGED_BY, "").equals(MANAGER);
  }

  /** Plans for a Service that selects {@code pods}; {@code present} is what is there. */
  static Plan plan(KubeObject service, List<KubeObject> pods, Optional<KubeObject> present) {
    KubeObject wanted =
        dressed(
            service,
            present.orElse(Resources.ENDPOINTS.object(service.namespace(), service.name())),
            Subsets.of(service, pods));
    if (present.isEmpty()) {
      return Plan.of(
          new Action.Create(Resources.ENDPOINTS, wanted)
              .announcing(failure(wanted, "Create", "create endpoint for service")));
    }
    return wanted.equals(present.get())
        ? Plan.NOTHING
        : Plan.of(
            new Action.Update(Resources.ENDPOINTS, wanted)
                .announcing(failure(wanted, "Update", "update endpoint")));
  }

  private static Announcement failure(KubeObject endpoints, String verb, String what) {
    String text =
        "Failed to %s %s/%s: ".formatted(what, endpoints.namespace(), endpoints.name()) + "%s";
    return Announcement.ofFailure(Note.warning(endpoints, "FailedTo" + verb + "Endpoint", text));
  }

  private static KubeObject dressed(KubeObject service, KubeObject endpoints, Subsets subsets) {
    Items items = subsets.toItems();
    Tree labels = service.metadata().tree("labels").with(MANAGED_BY, MANAGER);
    labels =
        ServiceBackend.isHeadless(service) ? labels.with(HEADLESS, "") : labels.without(HEADLESS);
    KubeObject dressed = endpoints.with(labels, "metadata", "labels");
    dressed = items.isEmpty() ? dressed.without("subsets") : dressed.with(items, "subsets");
    if (subsets.isTruncated()) {
      return dressed.with("truncated", "metadata", "annotations", OVER_CAPACITY);
    }
    return dressed.annotations().containsKey(OVER_CAPACITY)
        ? dressed.without("metadata", "annotations", OVER_CAPACITY)
        : dressed;
  }
}
