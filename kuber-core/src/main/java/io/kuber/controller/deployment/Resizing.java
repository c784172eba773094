package io.kuber.controller.deployment;

import io.kuber.object.KubeObject;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Announcement;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ReplicaSets as one plan changes them: each is written at most once, whatever happened to it. */
final class Resizing {
  private final KubeObject deployment;
  private final Strategy strategy;
  private final Map<String, KubeObject> before = new LinkedHashMap<>();
  private final Map<String, KubeObject> after = new LinkedHashMap<>();

  Resizing(KubeObject deployment, Strategy strategy, List<KubeObject> replicaSets) {
    this.deployment = deployment;
    this.strategy = strategy;
    replicaSets.forEach(set -> before.put(set.name(), set));
    after.putAll(before);
  }

  /** Adds a ReplicaSet that the plan creates; its creation is not a change of size. */
  void created(KubeObject set) {
    before.put(set.name(), set);
    after.put(set.name(), set);
  }

  KubeObject now(KubeObject set) {
    return after.getOrDefault(set.name(), set);
  }

  List<KubeObject> now(Collection<KubeObject> sets) {
    return sets.stream().map(this::now).toList();
  }

  void annotate(KubeObject set, long number) {
    after.put(set.name(), Revision.annotate(now(set), deployment, number));
  }

  void resize(KubeObject set, long size) {
    KubeObject resized = sizeOf(set) == size ? now(set) : now(set).with(size, "spec", "replicas");
    after.put(set.name(), Revision.withSize(resized, strategy));
  }

  /** The size that the plan gives the ReplicaSet. */
  long sizeOf(KubeObject set) {
    return size(now(set));
  }

  /** The sizes of all these together. */
  long sizeOf(Collection<KubeObject> sets) {
    return sets.stream().mapToLong(this::sizeOf).sum();
  }

  static long size(KubeObject set) {
    return set.spec().number(1, "replicas");
  }

  boolean isActive(KubeObject set) {
    return sizeOf(set) > 0;
  }

  /** Whether any ReplicaSet grows or shrinks. */
  boolean changesSize() {
    return before.values().stream().anyMatch(set -> size(set) != sizeOf(set));
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    before.forEach(
        (name, old) -> {
          KubeObject changed = now(old);
          if (!changed.equals(old)) {
            Action update = new Action.Update(Resources.REPLICA_SETS, changed);
            actions.add(size(old) == size(changed) ? update : announced(update, old, changed));
          }
        });
    return actions;
  }

  private Action announced(Action update, KubeObject old, KubeObject changed) {
    String direction = size(changed) > size(old) ? "up" : "down";
    String text =
        "Scaled %s replica set %s from %d to %d"
            .formatted(direction, old.name(), size(old), size(changed));
    return update.announcing(Announcement.ofDone(deployment, "ScalingReplicaSet", text));
  }
}
