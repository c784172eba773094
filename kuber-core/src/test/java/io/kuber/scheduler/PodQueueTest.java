package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.scheduler.plugin.Check;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.NodeResourcesFit;
import io.kuber.scheduler.plugin.ScoringStrategy;
import io.kuber.scheduler.plugin.TaintToleration;
import io.kuber.scheduler.plugin.Veto;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PodQueueTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Filter FIT =
      new NodeResourcesFit(new ScoringStrategy.LeastAllocated(ScoringStrategy.CPU_AND_MEMORY));
  private static final Filter TAINTS = new TaintToleration();
  private static final String BIG = "{containers: [{resources: {requests: {cpu: 2}}}]}";

  private final Lab lab = new Lab();
  private final PodQueue queue = new PodQueue();
  private Instant now = START;

  private PodEntry put(String name, String spec) {
    PodEntry pod = lab.pod(name, "{}", spec);
    queue.put(pod, now);
    return pod;
  }

  private List<String> drain() {
    List<String> names = new ArrayList<>();
    for (Optional<PodEntry> next = queue.next(); next.isPresent(); next = queue.next()) {
      names.add(next.get().key().name());
    }
    return names;
  }

  private void pass(Duration time) {
    now = now.plus(time);
    queue.pass(now);
  }

  private void restAfterTry(PodEntry pod, Filter... rejectedBy) {
    drain();
    queue.rest(pod.key(), Set.of(rejectedBy), false, now);
  }

  @Test
  void givesTurnsByPriorityAndThenInOrder() {
    put("first", "{priority: 1}");
    put("second", "{priority: 1}");
    put("third", "{priority: 5}");
    assertThat(drain()).containsExactly("third", "first", "second");
  }

  @Test
  void backsOffTwiceAsLongEachTimeUpToTenSeconds() {
    PodEntry pod = put("p", "{}");
    for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
      drain();
      queue.retry(pod.key(), now);
      assertThat(queue.nextDue()).contains(now.plusSeconds(seconds));
      pass(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(queue.hasNext()).isFalse();
      pass(Duration.ofMillis(1));
      assertThat(queue.hasNext()).isTrue();
    }
  }

  @Test
  void triesPodThatBacksOffWhenNobodyElseHasHisTurn() {
    PodEntry pod = put("woken", "{}");
    restAfterTry(pod, FIT);
    queue.wakeAll(now);
    put("new", "{}");
    assertThat(drain()).containsExactly("new", "woken");
  }

  @Test
  void triesTheMostImportantOfPodsThatBackOffTogether() {
    PodEntry low = put("low", "{priority: 1}");
    restAfterTry(low, FIT);
    PodEntry high = put("high", "{priority: 5}");
    restAfterTry(high, FIT);
    queue.wakeAll(now);
    assertThat(drain()).containsExactly("high", "low");
  }

  @Test
  void wakesAtOncePodThatHasRestedLongerThanItsBackOff() {
    PodEntry pod = put("p", "{}");
    restAfterTry(pod, FIT);
    pass(Duration.ofSeconds(2));
    queue.wakeAll(now);
    assertThat(drain()).containsExactly("p");
  }

  @Test
  void wakesOnlyPodsThatTheNodeCanHelp() {
    NodeState full = lab.node("full");
    lab.placed("full", "there", "{}", BIG);
    PodEntry big = put("big", BIG);
    PodEntry small = put("small", "{containers: [{resources: {requests: {cpu: 1}}}]}");
    PodEntry tainted = put("tainted", "{}");
    drain();
    queue.rest(big.key(), Set.of(FIT), false, now);
    queue.rest(small.key(), Set.of(FIT), false, now);
    queue.rest(tainted.key(), Set.of(TAINTS), false, now);
    pass(Duration.ofSeconds(20));
    PodEntry gone = lab.placed("full", "gone", "{}", "{}");
    lab.cluster.removePod(gone.key());
    queue.happened(new Happening.PodLeft(gone, full), lab.cluster, now);
    assertThat(drain()).isEmpty();
    PodEntry there = lab.pod("there", "{}", "{containers: [{resources: {requests: {cpu: 1}}}]}");
    queue.happened(new Happening.PodLeft(there, full), lab.cluster, now);
    assertThat(drain()).containsExactly("small");
    queue.happened(new Happening.NodeCame(lab.node("new")), lab.cluster, now);
    assertThat(drain()).containsExactlyInAnyOrder("big", "tainted");
  }

  /** Refuses everything, and counts how often it is asked whether it changed its mind. */
  private static final class Stubborn implements Filter {
    private int asked;

    @Override
    public String name() {
      return "Stubborn";
    }

    @Override
    public Check prepare(PodEntry pod, ClusterState cluster) {
      return node -> Veto.of("no");
    }

    @Override
    public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
      asked++;
      return true;
    }
  }

  @Test
  void asksOnceForAllPodsOfOneKind() {
    NodeState node = lab.node("one");
    Stubborn filter = new Stubborn();
    PodEntry first = put("first", BIG);
    PodEntry second = put("second", BIG);
    PodEntry other = put("other", "{}");
    drain();
    for (PodEntry pod : List.of(first, second, other)) {
      queue.rest(pod.key(), Set.of(filter), false, now);
    }
    pass(Duration.ofSeconds(2));
    queue.happened(new Happening.NodeCame(node), lab.cluster, now);
    assertThat(filter.asked).isEqualTo(2);
    assertThat(drain()).containsExactlyInAnyOrder("first", "second", "other");
  }

  @Test
  void wakesOnlyThePodThatWaitsForTheRoomThatCame() {
    NodeState node = lab.node("one");
    PodEntry gone = lab.placed("one", "gone", "{}", BIG);
    PodEntry first = put("first", BIG);
    PodEntry waiter = put("waiter", BIG);
    lab.cluster.nominations().nominate(waiter, "one");
    drain();
    queue.rest(first.key(), Set.of(FIT), false, now);
    queue.rest(waiter.key(), Set.of(FIT), false, now);
    pass(Duration.ofSeconds(2));
    lab.cluster.removePod(gone.key());
    queue.happened(new Happening.PodLeft(gone, node), lab.cluster, now);
    assertThat(drain()).containsExactly("waiter");
  }

  @Test
  void keepsGatedPodOutUntilItsGatesAreOpen() {
    put("p", "{schedulingGates: [{name: g}]}");
    queue.wakeAll(now);
    assertThat(drain()).isEmpty();
    put("p", "{}");
    assertThat(drain()).containsExactly("p");
  }

  @Test
  void holdsPreemptorUntilItsVictimsAreAskedToGo() {
    PodEntry pod = put("p", "{}");
    drain();
    queue.rest(pod.key(), Set.of(FIT), true, now);
    pass(Duration.ofSeconds(2));
    queue.wakeAll(now);
    assertThat(queue.hasNext()).isFalse();
    queue.release(pod.key(), now);
    assertThat(drain()).containsExactly("p");
  }

  @Test
  void triesPodAgainAfterLongRestThoughNothingHappened() {
    PodEntry pod = put("p", "{}");
    restAfterTry(pod, FIT);
    now = now.plus(PodQueue.MAX_REST);
    queue.passRests(now);
    assertThat(drain()).containsExactly("p");
  }

  @Test
  void triesAgainPodWhoseOwnDemandChanged() {
    PodEntry pod = put("p", BIG);
    restAfterTry(pod, FIT);
    pass(Duration.ofSeconds(2));
    put("p", "{}");
    assertThat(drain()).containsExactly("p");
  }

  @Test
  void forgetsPodThatIsGone() {
    PodEntry pod = put("p", "{}");
    queue.remove(pod.key());
    assertThat(drain()).isEmpty();
    assertThat(queue.has(pod.key())).isFalse();
  }
}
