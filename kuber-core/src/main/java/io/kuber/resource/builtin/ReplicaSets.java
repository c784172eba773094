package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;

/** {@code apps/v1 ReplicaSet}. */
final class ReplicaSets implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.REPLICA_SETS,
              new ReplicaSets(),
              Columns.none()
                  .name()
                  .integer("Desired", (set, now) -> set.spec().number(0, "replicas"))
                  .integer("Current", (set, now) -> set.status().number(0, "replicas"))
                  .integer("Ready", (set, now) -> set.status().number(0, "readyReplicas"))
                  .age()
                  .wide("Containers", (set, now) -> Workload.containers(set, "name"))
                  .wide("Images", (set, now) -> Workload.containers(set, "image"))
                  .wide("Selector", (set, now) -> Workload.selector(set)))
          .with(Trait.STATUS, Trait.GENERATION)
          .with(Subresource.ofScale())
          .selectable("status.replicas");

  private ReplicaSets() {}

  @Override
  public Tree firstStatus() {
    return Tree.of("replicas", 0L);
  }

  @Override
  public String absent(String field) {
    return field.equals("status.replicas") ? "0" : "";
  }

  @Override
  public KubeObject defaulted(KubeObject set) {
    return Workload.defaulted(set);
  }

  @Override
  public void check(KubeObject set, Problems problems) {
    Workload.check(set, problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    Workload.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    Counts.check(
        updated,
        problems,
        "replicas",
        "fullyLabeledReplicas",
        "readyReplicas",
        "availableReplicas",
        "observedGeneration");
    Counts.checkWithinReplicas(
        updated, problems, "fullyLabeledReplicas", "readyReplicas", "availableReplicas");
  }
}
