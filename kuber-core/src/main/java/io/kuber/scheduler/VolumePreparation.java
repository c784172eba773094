package io.kuber.scheduler;

import io.kuber.loop.Loop;
import io.kuber.scheduler.plugin.VolumeBinding;
import io.kuber.scheduler.plugin.VolumePlan;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Waits until the claims of a pod are bound, after the scheduler said how (upstream: BindPodVolumes
 * in volumebinding/binder.go). At most one entry per pod. Owned by the scheduler's loop.
 */
final class VolumePreparation {
  /** Longer than this nobody waits for a volume (upstream: BindTimeoutSeconds). */
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private record Pending(
      long number, PodEntry pod, VolumePlan plan, CompletableFuture<Void> done) {}

  private final ClusterState cluster;
  private final Writes writes;
  private final Loop loop;
  private final Map<Key, Pending> pending = new LinkedHashMap<>();
  private long prepared;

  VolumePreparation(ClusterState cluster, Writes writes, Loop loop) {
    this.cluster = cluster;
    this.writes = writes;
    this.loop = loop;
  }

  /** Prepares the volumes of a pod for its node; the stage completes on the scheduler's loop. */
  CompletionStage<Void> prepare(PodEntry pod, VolumePlan plan, String node) {
    plan.volumes().forEach(cluster.assumptions()::promise);
    plan.provisions().forEach(claim -> cluster.assumptions().provision(claim, node));
    Pending entry = new Pending(++prepared, pod, plan, new CompletableFuture<>());
    pending.put(pod.key(), entry);
    loop.schedule(
        TIMEOUT,
        () -> fail(entry, new IllegalStateException("binding volumes: context deadline exceeded")));
    writes
        .prepareVolumes(plan, node, this::uidOf)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                loop.execute(() -> fail(entry, failure));
              }
            });
    return entry.done();
  }

  private String uidOf(Key claim) {
    Stored stored = cluster.image().get(claim);
    return stored == null ? "" : stored.object().uid();
  }

  /** A claim or a volume changed. */
  void changed() {
    for (Pending entry : List.copyOf(pending.values())) {
      if (VolumeBinding.allBound(entry.pod(), cluster)) {
        forget(entry);
        entry.done().complete(null);
      }
    }
  }

  /** The pod is gone. */
  void cancel(Key pod) {
    Pending entry = pending.get(pod);
    if (entry != null) {
      fail(entry, new IllegalStateException("the pod is gone"));
    }
  }

  private void fail(Pending entry, Throwable why) {
    Pending now = pending.get(entry.pod().key());
    if (now != null && now.number() == entry.number()) {
      forget(entry);
      entry.done().completeExceptionally(why);
    }
  }

  private void forget(Pending entry) {
    pending.remove(entry.pod().key());
    entry.plan().volumes().keySet().forEach(cluster.assumptions()::forget);
    entry.plan().provisions().forEach(cluster.assumptions()::forget);
  }
}
