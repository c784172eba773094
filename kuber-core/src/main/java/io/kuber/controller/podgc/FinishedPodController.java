package io.kuber.controller.podgc;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Change;
import io.kuber.reconcile.Controller;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.Trigger;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.view.Pods;
import io.kuber.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Deletes the oldest pods that have ended when there are too many (upstream: gcTerminated). */
public final class FinishedPodController implements Controller {
  /** Upstream's {@code --terminated-pod-gc-threshold}. */
  static final int MOST = 12_500;

  /** Between two looks, each of which reads all pods (upstream: gcCheckPeriod). */
  private static final Duration PERIOD = Duration.ofSeconds(20);

  /** Pods deleted by one plan. */
  private static final int MAX_PODS_PER_PLAN = 500;

  /** All pods together. */
  private static final Key ALL = Resources.PODS.key("", "");

  /** Evicted ones first: nobody counts on them. Then the oldest. */
  private static final Comparator<KubeObject> ORDER =
      Comparator.comparing((KubeObject pod) -> !pod.status().text("reason").equals("Evicted"))
          .thenComparing(KubeObject::createdAt)
          .thenComparing(KubeObject::name);

  private final int most;

  /** Keeps as many as upstream does. */
  public FinishedPodController() {
    this(MOST);
  }

  FinishedPodController(int most) {
    this.most = most;
  }

  @Override
  public String name() {
    return "pod-garbage-collector-controller";
  }

  @Override
  public List<Trigger> triggers() {
    return List.of(Trigger.on(Resources.PODS, this::onEnd));
  }

  private void onEnd(Change change, View view, Consumer<Key> sink) {
    boolean ended = !change.isDeletion() && Pods.isFinished(change.after());
    if (ended && change.before().filter(Pods::isFinished).isEmpty() && isCrowded(view)) {
      sink.accept(ALL);
    }
  }

  private boolean isCrowded(View view) {
    return view.count(Resources.PODS, "") > most;
  }

  @Override
  public Plan plan(View view, Key key, Instant now) {
    if (!isCrowded(view)) {
      return Plan.NOTHING;
    }
    List<KubeObject> ended =
        view.list(Resources.PODS, "").stream().filter(Pods::isFinished).sorted(ORDER).toList();
    int tooMany = Math.max(0, ended.size() - most);
    return Plan.builder()
        .together(
            ended.subList(0, Math.min(tooMany, MAX_PODS_PER_PLAN)).stream()
                .flatMap(pod -> Ending.of(pod, Optional.empty()).stream())
                .toList())
        .againAfter(PERIOD)
        .build();
  }
}
