package io.kuber.controller.apiservice;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalApis;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Instant;
import java.util.Optional;

/** Decides what becomes of one APIService. Pure. */
final class RegistrationPlanner {
  private static final String AVAILABLE = "Available";

  private RegistrationPlanner() {}

  /**
   * What to do about an APIService.
   *
   * @param wanted as definitions want it; empty where none serves that group version
   * @param present as it is, if it is there
   */
  static Plan plan(Optional<KubeObject> wanted, Optional<KubeObject> present, Instant now) {
    if (present.isEmpty()) {
      return wanted
          .map(api -> Plan.of(new Action.Create(Resources.API_SERVICES, api)))
          .orElse(Plan.NOTHING);
    }
    KubeObject there = present.get();
    if (there.isBeingDeleted()) {
      return Plan.NOTHING;
    }
    boolean ours = "true".equals(there.labels().get(LocalApis.MANAGED));
    if (ours && wanted.isEmpty()) {
      return Plan.of(
          new Action.Delete(Resources.API_SERVICES, "", there.name(), DeleteOptions.DEFAULT));
    }
    if (ours && !there.spec().equals(wanted.orElseThrow().spec())) {
      return Plan.of(
          new Action.Update(
              Resources.API_SERVICES, there.with(wanted.orElseThrow().spec(), "spec")));
    }
    return there.spec().has("service") ? Plan.NOTHING : available(there, now);
  }

  /** What was another server's business, and is ours again, is available. */
  private static Plan available(KubeObject api, Instant now) {
    Optional<Condition> said = Condition.find(api.status(), AVAILABLE);
    if (said.filter(condition -> condition.reason().equals("Local")).isPresent()) {
      return Plan.NOTHING;
    }
    Tree status =
        Condition.of(AVAILABLE, "True", "Local", "Local APIServices are always available", now)
            .putInto(api.status());
    return Plan.of(
        new Action.UpdateSubresource(Resources.API_SERVICES, "status", api.with(status, "status")));
  }
}
