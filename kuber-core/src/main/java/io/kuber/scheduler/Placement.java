package io.kuber.scheduler;

import io.kuber.loop.Entropy;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.preemption.Preemption;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides for one pod at a time, by the rules of one profile. Owned by the scheduler's loop. */
final class Placement {
  /** So many nodes are always rated, if they can take the pod. */
  private static final int MIN_RATED = 100;

  /** At least this share of all nodes is rated, in percent. */
  private static final int MIN_PERCENT = 5;

  private static final Veto NOT_NAMED =
      Veto.lasting("node(s) didn't satisfy plugin(s) [NodeAffinity]");

  private final Profile profile;
  private final ClusterState cluster;
  private final Verdicts verdicts;
  private final Choice choice;
  private int next;

  Placement(Profile profile, ClusterState cluster, Entropy entropy) {
    this.profile = profile;
    this.cluster = cluster;
    this.verdicts = new Verdicts(profile.filters());
    this.choice = new Choice(profile.scores(), cluster, entropy);
  }

  /** Where the pod goes, or why nowhere. */
  sealed interface Decision {
    /** To this node. */
    record Place(NodeState node) implements Decision {}

    /** Nowhere. */
    record Nowhere(Diagnosis diagnosis) implements Decision {}
  }

  private Checks checks(PodEntry pod) {
    return new Checks(profile, verdicts, pod, cluster);
  }

  /** Who has to go for a pod that found no node. */
  Preemption.Plan preempt(Preemption preemption, PodEntry pod, List<NodeState> open) {
    Checks checks = checks(pod);
    return preemption.plan(
        pod,
        open,
        node -> {
          Rejection rejection = checks.rejectionNow(node);
          return rejection == null ? null : rejection.veto();
        },
        checks::isRepeatable);
  }

  Decision decide(PodEntry pod) {
    List<NodeState> nodes = cluster.nodes();
    if (nodes.isEmpty()) {
      return new Decision.Nowhere(
          new Diagnosis(
              "no nodes available to schedule pods", Set.copyOf(profile.filters()), List.of()));
    }
    Checks checks = checks(pod);
    Optional<Rejection> refusal = checks.refusal();
    if (refusal.isPresent()) {
      return refused(refusal.get(), nodes);
    }
    NodeState own = nominated(pod, checks);
    if (own != null) {
      return new Decision.Place(own);
    }
    Optional<Set<String>> only = Checks.only(profile, pod);
    return only.isPresent()
        ? among(pod, checks, named(only.get()), nodes.size())
        : among(pod, checks, nodes, nodes.size());
  }

  /** What refuses all nodes may do so because of their pods: preemption finds out. */
  private static Decision refused(Rejection refusal, List<NodeState> nodes) {
    Veto veto = refusal.veto();
    return new Decision.Nowhere(
        new Diagnosis(
            Reasons.message(nodes.size(), String.join(", ", veto.reasons())),
            Set.of(refusal.by()),
            veto.lasting() ? List.of() : nodes));
  }

  /** A pod for which a node was made free goes there, if it can. */
  private @Nullable NodeState nominated(PodEntry pod, Checks checks) {
    Optional<String> name = cluster.nominations().nodeOf(pod.key());
    NodeState node = name.isEmpty() ? null : cluster.node(name.get());
    return node != null && checks.rejection(node) == null ? node : null;
  }

  private List<NodeState> named(Set<String> names) {
    return names.stream().sorted().map(cluster::node).filter(Objects::nonNull).toList();
  }

  /** Starts where the last search ended, so that all nodes are asked equally often. */
  private Decision among(PodEntry pod, Checks checks, List<NodeState> asked, int allNodes) {
    int wanted = rated(allNodes);
    int start = asked.isEmpty() ? 0 : next % asked.size();
    List<NodeState> able = new ArrayList<>(Math.min(wanted, asked.size()));
    List<NodeState> open = new ArrayList<>();
    Set<Filter> rejectedBy = new HashSet<>();
    Reasons reasons = new Reasons();
    int seen = 0;
    Filter last = null;
    while (seen < asked.size() && able.size() < wanted) {
      NodeState node = asked.get((start + seen++) % asked.size());
      Rejection rejection = checks.rejection(node);
      if (rejection == null) {
        able.add(node);
        continue;
      }
      reasons.add(rejection.veto());
      if (!rejection.veto().lasting()) {
        open.add(node);
      }
      if (rejection.by() != last) {
        last = rejection.by();
        rejectedBy.add(last);
      }
    }
    next = start + seen;
    if (!able.isEmpty()) {
      return new Decision.Place(choice.best(pod, able));
    }
    if (asked.size() < allNodes) {
      reasons.add(NOT_NAMED, allNodes - asked.size());
      profile.filters().stream()
          .filter(filter -> filter.only(pod).isPresent())
          .forEach(rejectedBy::add);
    }
    return new Decision.Nowhere(new Diagnosis(reasons.message(allNodes), rejectedBy, open));
  }

  /** The larger the cluster, the smaller the share that is rated (upstream does the same). */
  private static int rated(int nodes) {
    int percent = Math.max(MIN_PERCENT, 50 - nodes / 125);
    return Math.min(nodes, Math.max(MIN_RATED, nodes * percent / 100));
  }
}
