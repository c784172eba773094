package io.kuber.controller.podautoscaler;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Fetches a HorizontalPodAutoscaler with its target and pods, lets {@link AutoscalerPlanner}
 * decide, and remembers what was decided. The memory belongs to the reconciler's loop and holds one
 * entry for each autoscaler that there is.
 */
public final class AutoscalerController implements Controller {
  private final Metrics metrics;
  private final Supplier<List<ResourceType>> resources;
  private final Map<Key, History> histories = new HashMap<>();

  /** Scales by these metrics; {@code resources} are all that are served now. */
  public AutoscalerController(Metrics metrics, Supplier<List<ResourceType>> resources) {
    this.metrics = metrics;
    this.resources = resources;
  }

  @Override
  public String name() {
    return "horizontal-pod-autoscaler";
  }

  /** Its own status wakes nobody: the pace of recommendations is what windows are made for. */
  @Override
  public List<Trigger> triggers() {
    return List.of(
        Trigger.on(
            Resources.HORIZONTAL_POD_AUTOSCALERS, AutoscalerController::whenAskedForSomethingElse));
  }

  private static void whenAskedForSomethingElse(Change change, View view, Consumer<Key> sink) {
    boolean same =
        change.before().filter(before -> before.spec().equals(change.after().spec())).isPresent();
    if (change.isDeletion() || !same) {
      sink.accept(change.key());
    }
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    Optional<KubeObject> found = view.get(key);
    if (found.isEmpty()) {
      histories.remove(key);
      return Plan.NOTHING;
    }
    KubeObject scaler = found.get();
    AutoscalerPlanner planner =
        new AutoscalerPlanner(scaler, histories.getOrDefault(key, History.NONE), now);
    Plan plan = plan(view, scaler, planner);
    histories.put(key, planner.history());
    return plan;
  }

  private Plan plan(View view, KubeObject scaler, AutoscalerPlanner planner) {
    Target target;
    try {
      target = Target.of(view, scaler, resources.get());
    } catch (IllegalArgumentException missing) {
      return planner.planWithout(String.valueOf(missing.getMessage()));
    }
    List<KubeObject> pods =
        target
            .selector()
            .map(selector -> view.select(Resources.PODS, scaler.namespace(), selector))
            .orElse(List.of());
    return planner.plan(target, pods, rivals(view, scaler, pods), metrics);
  }

  /** The autoscalers whose targets select one of these pods. */
  private List<String> rivals(View view, KubeObject scaler, List<KubeObject> pods) {
    List<String> rivals = new ArrayList<>();
    for (KubeObject other : view.list(Resources.HORIZONTAL_POD_AUTOSCALERS, scaler.namespace())) {
      boolean same = other.uid().equals(scaler.uid());
      if (same || selectsAny(view, other, pods)) {
        rivals.add(other.namespace() + "/" + other.name());
      }
    }
    return rivals;
  }

  private boolean selectsAny(View view, KubeObject other, List<KubeObject> pods) {
    try {
      return Target.of(view, other, resources.get())
          .selector()
          .filter(
              selector ->
                  pods.stream().anyMatch(pod -> selector.matches(pod.metadata().tree("labels"))))
          .isPresent();
    } catch (IllegalArgumentException hasNoTarget) {
      return false;
    }
  }
}
