package io.kuber.controller.storageprotection;

import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/** Lets a volume that is being deleted go once it is not bound. */
public final class VolumeProtectionController implements Controller {
  private static final String FINALIZER = "kubernetes.io/pv-protection";

  @Override
  public String name() {
    return "pv-protection-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.itself(Resources.PERSISTENT_VOLUMES));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key)
        .map(
            volume ->
                Protection.plan(
                    Resources.PERSISTENT_VOLUMES,
                    volume,
                    FINALIZER,
                    volume.status().text("phase").equals("Bound")))
        .orElse(Plan.NOTHING);
  }
}
