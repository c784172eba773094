package io.kuber.controller.signingrequest;

import io.kuber.access.Authorizer;
import io.kuber.access.CertificateIssuer;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Approves what needs nobody's word; {@link ApprovalPlanner} decides. */
public final class ApprovalController implements Controller {
  private final ApprovalPlanner planner;

  /**
   * Approves by the rights of whoever asks.
   *
   * @param issuer reads what is asked for
   * @param authorizer knows the rights
   */
  public ApprovalController(CertificateIssuer issuer, Authorizer authorizer) {
    this.planner = new ApprovalPlanner(issuer, authorizer);
  }

  @Override
  public String name() {
    return "certificatesigningrequest-approving-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.CERTIFICATE_SIGNING_REQUESTS));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> request = view.get(key).filter(found -> !found.isBeingDeleted());
    return request.map(planner::plan).orElse(Plan.NOTHING);
  }
}
