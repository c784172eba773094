package io.kuber.controller.cronjob;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.List;

/** Fetches a CronJob with its Jobs and lets {@link CronJobPlanner} decide. */
public final class CronJobController implements Controller {
  @Override
  public String name() {
    return "cronjob-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.itself(Resources.CRON_JOBS),
        Trigger.controllerOf(Resources.JOBS, Resources.CRON_JOBS));
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    return view.get(key).map(cron -> plan(view, cron, now)).orElse(Plan.NOTHING);
  }

  private static Plan plan(View view, KubeObject cron, Instant now) {
    return CronJobPlanner.plan(
        cron,
        view.controlledBy(Resources.JOBS, cron.uid()),
        name -> view.get(Resources.JOBS, cron.namespace(), name).isPresent(),
        now);
  }
}
