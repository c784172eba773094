package io.kuber.scheduler.preemption;

import io.kuber.loop.Entropy;
import io.kuber.object.Tree;
import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node where the least harm makes room for a pod (upstream: defaultpreemption). Owned by
 * the scheduler's loop.
 */
public final class Preemption {
  /** At least so many candidates are compared, if there are as many. */
  private static final int MIN_CANDIDATES = 100;

  /** And at least this share of the nodes that could become candidates, in percent. */
  private static final int MIN_PERCENT = 10;

  /** Why a node is no candidate from which no departure helps. */
  public static final Veto NOT_HELPFUL = Veto.lasting("Preemption is not helpful for scheduling");

  private final ClusterState cluster;
  private final Entropy entropy;
  private final Trials trials = new Trials();

  /** Plans over a state; where it starts to look is random. */
  public Preemption(ClusterState cluster, Entropy entropy) {
    this.cluster = cluster;
    this.entropy = entropy;
  }

  /** What is to be done for a pod. */
  public sealed interface Plan {
    /** These pods have to leave that node. */
    record Evict(Candidate candidate) implements Plan {}

    /** Nobody leaves, and the pod waits for no node any more. */
    record Nobody(Map<Veto, Integer> reasons) implements Plan {}

    /** The pod may not make others leave, or has done so already. */
    record NotNow(String reason) implements Plan {}
  }

  /**
   * The plan for a pod that no node takes.
   *
   * @param open the nodes from which pods could leave, and then the pod might fit
   * @param rules why a node cannot take the pod now; null when it can
   * @param repeatable whether what is found out about a node holds for equal pods until it changes
   */
  public Plan plan(
      PodEntry pod,
      List<NodeState> open,
      Function<NodeState, @Nullable Veto> rules,
      Predicate<NodeState> repeatable) {
    Optional<String> notNow = notNow(pod, open);
    if (notNow.isPresent()) {
      return new Plan.NotNow(notNow.get());
    }
    Budgets budgets = new Budgets(cluster.image());
    DryRun dryRun = new DryRun(cluster, pod, rules, budgets);
    Trials.OfKind known = trials.of(pod, budgets);
    Candidate best = null;
    int candidates = 0;
    Map<Veto, Integer> reasons = new HashMap<>();
    int wanted = Math.max(MIN_CANDIDATES, open.size() * MIN_PERCENT / 100);
    int start = open.isEmpty() ? 0 : entropy.below(open.size());
    boolean harmless = false;
    for (int i = 0; i < open.size() && !(harmless && candidates >= wanted); i++) {
      NodeState node = open.get((start + i) % open.size());
      DryRun.Result result = repeatable.test(node) ? known.result(node, dryRun) : dryRun.on(node);
      Candidate candidate = result.candidate();
      if (candidate != null) {
        candidates++;
        harmless |= candidate.harm().violations() == 0;
        best = best == null || candidate.harm().isLessThan(best.harm()) ? candidate : best;
      } else if (result.veto() != null) {
        reasons.merge(result.veto(), 1, Integer::sum);
      }
    }
    return best == null ? new Plan.Nobody(reasons) : new Plan.Evict(best);
  }

  private Optional<String> notNow(PodEntry pod, List<NodeState> open) {
    if (pod.object().spec().text("preemptionPolicy").equals("Never")) {
      return Optional.of("not eligible due to preemptionPolicy=Never.");
    }
    NodeState nominated = cluster.nominations().nodeOf(pod.key()).map(cluster::node).orElse(null);
    boolean waits =
        nominated != null
            && open.contains(nominated)
            && nominated.pods().stream().anyMatch(there -> isLeavingFor(there, pod));
    return waits
        ? Optional.of("not eligible due to a terminating pod on the nominated node.")
        : Optional.empty();
  }

  private static boolean isLeavingFor(PodEntry there, PodEntry pod) {
    return there.stopping()
        && there.priority() < pod.priority()
        && there.object().status().items("conditions").trees().stream()
            .anyMatch(Preemption::isPreempted);
  }

  private static boolean isPreempted(Tree condition) {
    return condition.text("type").equals("DisruptionTarget")
        && condition.text("status").equals("True")
        && condition.text("reason").equals("PreemptionByScheduler");
  }
}
