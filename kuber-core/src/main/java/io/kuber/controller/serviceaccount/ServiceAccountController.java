package io.kuber.controller.serviceaccount;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/** Creates the service account {@code default} wherever a namespace lacks it. */
public final class ServiceAccountController implements Controller {
  private static final String NAME = "default";

  @Override
  public String name() {
    return "service-account-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.NAMESPACES),
        Trigger.on(
            Resources.SERVICE_ACCOUNTS,
            (change, view, sink) -> {
              if (change.isDeletion() && change.key().name().equals(NAME)) {
                sink.accept(Resources.NAMESPACES.key("", change.key().namespace()));
              }
            }));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    boolean lives = view.get(key).filter(namespace -> !namespace.isBeingDeleted()).isPresent();
    if (!lives || view.get(Resources.SERVICE_ACCOUNTS, key.name(), NAME).isPresent()) {
      return Plan.NOTHING;
    }
    KubeObject account = Resources.SERVICE_ACCOUNTS.object(key.name(), NAME);
    return Plan.of(new Action.Create(Resources.SERVICE_ACCOUNTS, account));
  }
}
