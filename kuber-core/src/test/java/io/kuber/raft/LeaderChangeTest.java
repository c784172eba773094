package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.fill;
import static io.kuber.raft.TestCluster.pod;
import static io.kuber.raft.TestCluster.put;
import static io.kuber.raft.TestCluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(240)
class LeaderChangeTest {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderChangeTest.class);

  @TempDir Path directory;

  private TestCluster cluster;

  @BeforeEach
  void open() {
    cluster = new TestCluster(directory).of(3);
  }

  @AfterEach
  void close() {
    cluster.close();
    assertThat(cluster.faults).isEmpty();
  }

  @Test
  void losesNothingWhenTheLeaderCrashesUnderLoad() {
    String leader = cluster.leader();
    List<String> others = List.of("a", "b", "c").stream().filter(n -> !n.equals(leader)).toList();
    List<TestLoad> loads =
        others.stream().map(name -> TestLoad.on(cluster.store(name), name)).toList();
    loads.forEach(load -> load.await(200));
    cluster.crash(leader);
    loads.forEach(TestLoad::awaitMore);
    loads.forEach(TestLoad::stop);
    cluster.begin(leader);
    cluster.assertSame();
    for (TestLoad load : loads) {
      assertThat(load.failures()).isEmpty();
      cluster.stores().forEach(load::assertKept);
    }
  }

  @Test
  void handsOverUnderLoadWithoutAFailure() {
    List<TestLoad> loads =
        List.of("a", "b", "c").stream()
            .map(name -> TestLoad.on(cluster.store(name), name))
            .toList();
    loads.forEach(load -> load.await(100));
    for (String next : List.of("b", "c", "a")) {
      loads.forEach(TestLoad::restartPause);
      await(cluster.store("a").members().transfer(next));
      loads.forEach(TestLoad::awaitMore);
      LOG.info(
          "longest time without an acknowledgement while {} took over: {} ms",
          next,
          loads.stream().mapToLong(TestLoad::longestPauseMillis).max().orElseThrow());
    }
    loads.forEach(TestLoad::stop);
    loads.forEach(load -> assertThat(load.failures()).isEmpty());
    cluster.assertSame();
    loads.forEach(load -> cluster.stores().forEach(load::assertKept));
  }

  @Test
  void aPlannedStopHandsOverFirst() {
    String leader = cluster.leader();
    RaftStore other = cluster.store(cluster.follower());
    cluster.stop(leader);
    put(other, "after", 0, "{}");
    assertThat(cluster.leader()).isNotEqualTo(leader);
    cluster.begin(leader);
    cluster.assertSame();
  }

  @Test
  void handsOverToOneThatAnswers() {
    String leader = cluster.leader();
    List<String> others = List.of("a", "b", "c").stream().filter(n -> !n.equals(leader)).toList();
    // The leader has heard it just now, and would not miss it yet.
    cluster.crash(others.get(0));
    RaftStore left = cluster.store(others.get(1));
    cluster.stop(leader);
    assertThat(left.log().leader()).contains(left.log().self());
    List.of(leader, others.get(0)).forEach(name -> cluster.start(name, cluster.config(name)));
    put(left, "after", 0, "{}");
    cluster.assertSame();
  }

  @Test
  void comesBackWhenAllWereStopped() {
    fill(cluster.store("b"), "pod-", 500, 200);
    List<String> names = List.of("a", "b", "c");
    names.forEach(cluster::crash);
    List<RaftStore> stores =
        names.stream().map(name -> cluster.start(name, cluster.config(name))).toList();
    stores.forEach(store -> await(store.ready()));
    stores.forEach(store -> assertThat(store.image().count("pods", "")).isEqualTo(500));
    cluster.assertSame();
  }

  @Test
  void saysWhoIsMissingWhenThereIsNoQuorum() {
    put(cluster.store("a"), "before", 0, "{}");
    List<String> gone = List.of("b", "c");
    gone.forEach(cluster::crash);
    RaftStore left = cluster.store("a");
    assertThatThrownBy(() -> await(left.latest()))
        .hasRootCauseInstanceOf(StoreException.class)
        .rootCause()
        .hasMessageContaining("1 of 3 servers are there, but 2 are needed to write")
        .hasMessageContaining("missing: b (127.0.0.1:")
        .hasMessageContaining("since");
    assertThatThrownBy(() -> put(left, "more", 0, "{}"))
        .hasRootCauseInstanceOf(StoreException.class);
    assertThat(left.image().get(pod("before"))).isNotNull();
    gone.forEach(name -> cluster.start(name, cluster.config(name)));
    until(() -> await(left.members().status()).stream().allMatch(s -> s.silentSince() == null));
    put(left, "again", 0, "{}");
    cluster.assertSame();
  }
}
