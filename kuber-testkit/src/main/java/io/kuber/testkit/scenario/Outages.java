package io.kuber.testkit.scenario;

import io.kuber.client.Client.PatchType;
import io.kuber.loop.Entropy;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Takes nodes away, brings them back and empties them. Owned by the playing thread. */
final class Outages {
  /** Nodes that a report names. */
  private static final int MAX_NAMED = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Arena arena;
  private final List<Pool> pools;
  private final Entropy entropy;
  private final Set<String> away = new LinkedHashSet<>();
  private final int nodes;

  /**
   * Chooses nodes.
   *
   * @param entropy from the seed
   */
  Outages(Arena arena, Scenario scenario, Entropy entropy) {
    this.arena = arena;
    this.pools = scenario.pools();
    this.entropy = entropy;
    this.nodes = scenario.nodes();
  }

  /** Whether the cluster knows of each node that was taken away that it is not ready. */
  boolean areLost() {
    return away.stream().noneMatch(this::isReady);
  }

  /** Whether all nodes are ready that were not taken away; the census is the quicker look. */
  boolean areOthersReady() {
    return arena.census().ready() >= nodes - away.size()
        && pools.stream()
            .flatMap(pool -> pool.nodesIn("").stream())
            .filter(node -> !away.contains(node))
            .allMatch(this::isReady);
  }

  private boolean isReady(String node) {
    Stored stored = arena.image().get(Resources.NODES.key("", node));
    return stored != null
        && Condition.find(stored.passing().status(), "Ready").filter(Condition::isTrue).isPresent();
  }

  String fail(NodeChoice choice) {
    List<String> chosen = choose(choice, false);
    chosen.forEach(arena::silence);
    away.addAll(chosen);
    return named(chosen);
  }

  String bringBack(NodeChoice choice) {
    List<String> chosen = choose(choice, true);
    chosen.forEach(arena::revive);
    chosen.forEach(away::remove);
    return named(chosen);
  }

  /** Cordons them, and evicts what they run but the pods of DaemonSets, until it is gone. */
  String drain(NodeChoice choice) throws InterruptedException {
    Set<String> chosen = new HashSet<>(choose(choice, false));
    Tree cordon = Tree.of("spec", Tree.of("unschedulable", true));
    Arena.Requests cordons = arena.new Requests();
    for (String node : chosen) {
      cordons.add(arena.client().patch(Resources.NODES, "", node, "", PatchType.MERGE, cordon));
    }
    cordons.finish();
    int evicted = 0;
    Arena.Requests evictions = arena.new Requests();
    for (KubeObject pod : arena.all(Resources.PODS)) {
      if (chosen.contains(Pods.nodeName(pod)) && isToGo(pod) && !pod.isBeingDeleted()) {
        evictions.add(evict(pod));
        evicted++;
      }
    }
    evictions.finish();
    if (!arena.await(
        PATIENCE,
        () ->
            arena.all(Resources.PODS).stream()
                .noneMatch(pod -> chosen.contains(Pods.nodeName(pod)) && isToGo(pod)))) {
      throw new StepFailedException("pods are still there after " + PATIENCE.toSeconds() + " s");
    }
    return "%,d pods evicted".formatted(evicted);
  }

  private static boolean isToGo(KubeObject pod) {
    return !Pods.isFinished(pod)
        && pod.controller().filter(owner -> owner.kind().equals("DaemonSet")).isEmpty();
  }

  private CompletionStage<KubeObject> evict(KubeObject pod) {
    KubeObject eviction = KubeObject.of("policy/v1", "Eviction", pod.namespace(), pod.name());
    return arena
        .client()
        .createSubresource(Resources.PODS, pod.namespace(), pod.name(), "eviction", eviction);
  }

  /** So many of the nodes that are away, or are not, by the seed. */
  private List<String> choose(NodeChoice choice, boolean isAway) {
    List<String> left =
        pools.stream()
            .filter(pool -> choice.pool().isEmpty() || choice.pool().equals(pool.name()))
            .flatMap(pool -> pool.nodesIn(choice.zone()).stream())
            .filter(node -> away.contains(node) == isAway)
            .collect(Collectors.toCollection(ArrayList::new));
    if (choice.count() == 0 || choice.count() >= left.size()) {
      return left;
    }
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < choice.count(); i++) {
      chosen.add(left.remove(entropy.below(left.size())));
    }
    return chosen;
  }

  private static String named(List<String> names) {
    String first = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    return names.size() <= MAX_NAMED
        ? first
        : "%s and %,d more".formatted(first, names.size() - MAX_NAMED);
  }
}
