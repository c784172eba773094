package io.kuber.scheduler.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import io.kuber.resource.Resources;
import io.kuber.scheduler.plugin.Check;
import io.kuber.scheduler.plugin.NodeResourcesFit;
import io.kuber.scheduler.plugin.ScoringStrategy;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PreemptionTest {
  private final Lab lab = new Lab();
  private final Preemption preemption =
      new Preemption(lab.cluster, new SimulatedLoops(1, Instant.EPOCH).entropy());

  private static String spec(int priority, String cpu) {
    return "{priority: %d, containers: [{resources: {requests: {cpu: %s}}}]}"
        .formatted(priority, cpu);
  }

  private PodEntry there(String node, String name, int priority, String cpu) {
    return lab.placed(node, name, "{app: %s}".formatted(name), spec(priority, cpu));
  }

  private Preemption.Plan plan(PodEntry pod) {
    NodeResourcesFit fit =
        new NodeResourcesFit(new ScoringStrategy.LeastAllocated(ScoringStrategy.CPU_AND_MEMORY));
    Check check = fit.prepare(pod, lab.cluster);
    return preemption.plan(pod, lab.cluster.nodes(), check::veto, node -> true);
  }

  /** The node and the victims, or why there are none. */
  private String decide(String cpu) {
    Preemption.Plan plan = plan(lab.pod("new", "{}", spec(100, cpu)));
    if (plan instanceof Preemption.Plan.Evict evict) {
      Candidate candidate = evict.candidate();
      return candidate.node().name() + names(candidate.victims());
    }
    return plan instanceof Preemption.Plan.Nobody nobody
        ? nobody.reasons().keySet().iterator().next().reasons().toString()
        : ((Preemption.Plan.NotNow) plan).reason();
  }

  private static List<String> names(List<PodEntry> pods) {
    return pods.stream().map(pod -> pod.key().name()).toList();
  }

  private void budget(String app, int allowed) {
    lab.object(
        Resources.POD_DISRUPTION_BUDGETS,
        """
        metadata: {name: %1$s, namespace: default}
        spec: {selector: {matchLabels: {app: %1$s}}}
        status: {disruptionsAllowed: %2$d}
        """
            .formatted(app, allowed));
  }

  @Test
  void takesNoMoreThanItNeedsAndTheLeastImportantFirst() {
    lab.node("a");
    there("a", "one", 1, "1");
    there("a", "two", 2, "1");
    assertThat(decide("1")).isEqualTo("a[one]");
    assertThat(decide("2")).isEqualTo("a[two, one]");
  }

  @Test
  void leavesPodsOfSamePriorityAlone() {
    lab.node("a");
    there("a", "equal", 100, "2");
    assertThat(decide("1")).isEqualTo("[No preemption victims found for incoming pod]");
  }

  @Test
  void saysWhatWouldStillBeMissing() {
    lab.node("a");
    there("a", "equal", 100, "1");
    there("a", "low", 1, "1");
    assertThat(decide("2")).isEqualTo("[Insufficient cpu]");
  }

  @Test
  void prefersNodeWhereNoBudgetIsViolated() {
    lab.node("a");
    lab.node("b");
    there("a", "guarded", 1, "2");
    there("b", "free", 50, "2");
    budget("guarded", 0);
    assertThat(decide("1")).isEqualTo("b[free]");
  }

  @Test
  void sparesGuardedPodsFirst() {
    lab.node("a");
    there("a", "guarded", 1, "1");
    there("a", "free", 50, "1");
    budget("guarded", 0);
    assertThat(decide("1")).isEqualTo("a[free]");
  }

  @Test
  void violatesBudgetWhenNothingElseHelps() {
    lab.node("a");
    there("a", "guarded", 1, "2");
    budget("guarded", 0);
    assertThat(decide("1")).isEqualTo("a[guarded]");
  }

  @Test
  void countsDownWhatBudgetAllows() {
    lab.node("a");
    lab.placed("a", "x-1", "{app: x}", spec(1, "1"));
    lab.placed("a", "x-2", "{app: x}", spec(1, "1"));
    lab.node("b");
    there("b", "free", 50, "2");
    budget("x", 1);
    assertThat(decide("2")).isEqualTo("b[free]");
  }

  @Test
  void prefersLowestHighestPriorityThenLowestSumThenFewest() {
    lab.node("a");
    there("a", "a-high", 50, "2");
    lab.node("b");
    there("b", "b-low-1", 10, "1");
    there("b", "b-low-2", 10, "1");
    lab.node("c");
    there("c", "c-low-1", 10, "1");
    there("c", "c-lower", 5, "1");
    assertThat(decide("2")).isEqualTo("c[c-low-1, c-lower]");
  }

  @Test
  void leavesTheStateAsItWas() {
    NodeState node = lab.node("a");
    there("a", "one", 1, "1");
    there("a", "two", 2, "1");
    decide("1");
    assertThat(node.podCount()).isEqualTo(2);
    assertThat(node.milliCpu()).isEqualTo(2000);
    assertThat(lab.cluster.placeOf(Lab.key("one"))).contains("a");
  }

  @Test
  void seesThatNodeChangedSinceItWasTried() {
    lab.node("a");
    there("a", "one", 1, "2");
    assertThat(decide("1")).isEqualTo("a[one]");
    lab.cluster.removePod(Lab.key("one"));
    there("a", "equal", 100, "2");
    assertThat(decide("1")).isEqualTo("[No preemption victims found for incoming pod]");
  }

  @Test
  void seesThatBudgetCameSinceItWasTried() {
    lab.node("a");
    lab.node("b");
    there("a", "guarded", 1, "2");
    there("b", "free", 50, "2");
    assertThat(decide("1")).isEqualTo("a[guarded]");
    budget("guarded", 0);
    assertThat(decide("1")).isEqualTo("b[free]");
  }

  /** Whoever goes is less important, and without those who go there is room. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void neverEvictsHigherPriority(long seed) {
    Random random = new Random(Long.getLong("seed", seed));
    int evictions = 0;
    for (int round = 0; round < 50; round++) {
      Lab fresh = new Lab();
      for (int node = 0; node < 3; node++) {
        fresh.node("n" + node);
        for (int pod = 0; pod < 3; pod++) {
          fresh.placed("n" + node, "p" + node + pod, "{}", spec(random.nextInt(6), "600m"));
        }
      }
      PodEntry pod = fresh.pod("new", "{}", spec(3, "1"));
      Check check =
          new NodeResourcesFit(new ScoringStrategy.LeastAllocated(ScoringStrategy.CPU_AND_MEMORY))
              .prepare(pod, fresh.cluster);
      Preemption.Plan plan =
          new Preemption(fresh.cluster, new SimulatedLoops(seed, Instant.EPOCH).entropy())
              .plan(pod, fresh.cluster.nodes(), check::veto, node -> true);
      if (plan instanceof Preemption.Plan.Evict evict) {
        evictions++;
        assertThat(evict.candidate().victims()).allMatch(victim -> victim.priority() < 3);
        evict.candidate().victims().forEach(victim -> fresh.cluster.unplace(victim.key()));
        assertThat(check.veto(evict.candidate().node())).isNull();
      }
    }
    assertThat(evictions).isPositive();
  }
}
