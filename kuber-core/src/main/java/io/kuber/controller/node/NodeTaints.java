package io.kuber.controller.node;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The taints that follow from a node's conditions, beside those that people set. */
final class NodeTaints {
  private static final String NO_EXECUTE = "NoExecute";
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

  private static final Map<String, String> OF_CONDITION =
      Map.of(
          "MemoryPressure", "node.kubernetes.io/memory-pressure",
          "DiskPressure", "node.kubernetes.io/disk-pressure",
          "PIDPressure", "node.kubernetes.io/pid-pressure",
          "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

  private static final Set<String> OURS =
      Set.of(
          NOT_READY,
          UNREACHABLE,
          UNSCHEDULABLE,
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/pid-pressure",
          "node.kubernetes.io/network-unavailable");

  private record Taint(String key, String effect) {
    boolean is(Tree taint) {
      return taint.text("key").equals(key) && taint.text("effect").equals(effect);
    }

    Tree since(Instant now) {
      return Tree.of("key", key, "effect", effect, "timeAdded", Timestamps.seconds(now));
    }
  }

  private NodeTaints() {}

  /**
   * The write that makes the taints what they should be; empty when they are.
   *
   * @param mayEvict whether pods may be driven away
   */
  static Optional<Action> update(KubeObject node, boolean mayEvict, Instant now) {
    List<Taint> wanted = wanted(node);
    if (!mayEvict) {
      wanted.removeIf(taint -> taint.effect().equals(NO_EXECUTE));
    }
    List<Tree> present = node.spec().items("taints").trees();
    List<Tree> taints = new ArrayList<>();
    for (Tree taint : present) {
      if (!OURS.contains(taint.text("key")) || wanted.stream().anyMatch(w -> w.is(taint))) {
        taints.add(dated(taint, now));
      }
    }
    for (Taint taint : wanted) {
      if (present.stream().noneMatch(taint::is)) {
        taints.add(taint.since(now));
      }
    }
    return taints.equals(present)
        ? Optional.empty()
        : Optional.of(new Action.Update(Resources.NODES, tainted(node, taints)));
  }

  /** People do not say since when a taint is there, but tolerations count from then. */
  private static Tree dated(Tree taint, Instant now) {
    return taint.text("effect").equals(NO_EXECUTE) && !taint.has("timeAdded")
        ? taint.with("timeAdded", Timestamps.seconds(now))
        : taint;
  }

  private static KubeObject tainted(KubeObject node, List<Tree> taints) {
    return taints.isEmpty()
        ? node.without("spec", "taints")
        : node.with(Items.copyOf(taints), "spec", "taints");
  }

  private static List<Taint> wanted(KubeObject node) {
    List<Taint> wanted = new ArrayList<>();
    for (Tree condition : node.status().items("conditions").trees()) {
      String key = OF_CONDITION.get(condition.text("type"));
      if (key != null && new Condition(condition).isTrue()) {
        wanted.add(new Taint(key, "NoSchedule"));
      }
    }
    if (node.spec().isTrue("unschedulable")) {
      wanted.add(new Taint(UNSCHEDULABLE, "NoSchedule"));
    }
    Condition.find(node.status(), "Ready")
        .filter(ready -> !ready.isTrue())
        .map(ready -> ready.status().equals("False") ? NOT_READY : UNREACHABLE)
        .ifPresent(
            key -> {
              wanted.add(new Taint(key, "NoSchedule"));
              wanted.add(new Taint(key, NO_EXECUTE));
            });
    return wanted;
  }
}
