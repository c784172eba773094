package io.kuber.controller.signingrequest;

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

/** Signs what was approved; {@link SigningPlanner} decides. */
public final class SigningController implements Controller {
  private final SigningPlanner planner;

  /** Signs with the authority of {@code issuer}. */
  public SigningController(CertificateIssuer issuer) {
    this.planner = new SigningPlanner(issuer);
  }

  @Override
  public String name() {
    return "certificatesigningrequest-signing-controller";
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
