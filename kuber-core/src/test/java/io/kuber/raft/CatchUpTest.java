package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.fill;
import static io.kuber.raft.TestCluster.put;
import static io.kuber.raft.TestCluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.loop.ThreadLoops;
import io.kuber.store.StoreException;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchExpiredException;
import io.kuber.watch.WatchHub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(240)
class CatchUpTest {
  private static final int SNAPSHOT_AFTER_BYTES = 200_000;
  private static final int INTERRUPTIONS = 3;
  private static final int ROUNDS = 30;

  @TempDir Path directory;

  private TestCluster cluster;

  @BeforeEach
  void open() {
    cluster =
        new TestCluster(
            directory,
            config ->
                config
                    .withSnapshotAfterBytes(SNAPSHOT_AFTER_BYTES)
                    .withLogLimits(new LogLimits(100_000, 10)));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void assertNoFaults() {
    assertThat(cluster.faults).isEmpty();
  }

  @Test
  void aLonelyServerGetsPeers() {
    Path data = cluster.data("a");
    try (ThreadLoops loops = new ThreadLoops();
        RaftStore alone =
            RaftStore.open(RaftConfig.of(data, (text, cause) -> cluster.faults.add(text)), loops)) {
      fill(alone, "alone-", 10, 10);
      assertThatThrownBy(() -> await(alone.members().add(alone.members().self())))
          .hasRootCauseInstanceOf(MembershipException.class);
    }
    cluster.begin("a");
    until(() -> cluster.store("a").members().list().get(0).name().equals("a"));
    cluster.join("b", "a");
    put(cluster.store("b"), "together", 0, "{}");
    assertThat(cluster.store("b").image().count("pods", "")).isEqualTo(11);
    cluster.stop("a");
    try (ThreadLoops loops = new ThreadLoops()) {
      RaftConfig alone = RaftConfig.of(data, (text, cause) -> cluster.faults.add(text));
      assertThatThrownBy(() -> RaftStore.open(alone, loops))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it belongs to a cluster of")
          .hasMessageContaining("kuber server recover");
    }
    cluster.begin("a");
    cluster.assertSame();
    assertNoFaults();
  }

  @Test
  void aNewcomerGetsASnapshotAndTheLogBehindIt() throws IOException {
    cluster.begin("a");
    for (int i = 0; i < 30; i++) {
      fill(cluster.store("a"), "round-" + i + "-", 20, 1_000);
    }
    until(() -> firstEntryKept("a") > 0);
    cluster.join("b", "a");
    cluster.assertSame();
    assertThat(Segments.find(cluster.data("b"), "snapshot\\.\\d+_\\d+")).isNotEmpty();
    cluster.crash("b");
    cluster.begin("b");
    cluster.assertSame();
    assertNoFaults();
  }

  @Test
  void aServerThatWasAwayCatchesUpByLogAndBySnapshot() {
    cluster.of(3);
    String away = cluster.follower();
    cluster.stop(away);
    fill(cluster.store(cluster.leader()), "few-", 3, 10);
    cluster.begin(away);
    cluster.assertSame();
    cluster.stop(away);
    fillBeyondTheLog(cluster.leader(), "round-");
    cluster.begin(away);
    cluster.assertSame();
    assertNoFaults();
  }

  @Test
  void watchersHearAtOnceThatTheirServerGoesOnFromASnapshot() {
    cluster.of(3);
    put(cluster.store("a"), "seen", 0, "{}");
    cluster.assertSame();
    String away = cluster.follower();
    cluster.stop(away);
    fillBeyondTheLog(cluster.leader(), "round-");
    RaftStore back = cluster.start(away, cluster.config(away));
    try (WatchHub hub = WatchHub.of(back)) {
      Watch watch = hub.open("pods", "", back.image().revision());
      await(back.ready());
      // Nobody writes any more, so nothing but the snapshot itself can tell.
      until(() -> isExpired(watch));
      assertThat(back.image().count("pods", "")).isGreaterThan(600);
    }
    assertNoFaults();
  }

  private static boolean isExpired(Watch watch) {
    try {
      watch.poll(1_000);
      return false;
    } catch (WatchExpiredException e) {
      return true;
    }
  }

  @Test
  void aSnapshotWhoseInstallationIsInterruptedIsInstalledLater() {
    cluster.of(3);
    String away = cluster.follower();
    cluster.stop(away);
    for (int i = 0; i < INTERRUPTIONS; i++) {
      fillBeyondTheLog(cluster.leader(), "before-" + i + "-");
      RaftStore half = cluster.start(away, cluster.config(away));
      until(() -> isReceiving(away) || half.ready().toCompletableFuture().isDone());
      cluster.crash(away);
    }
    cluster.begin(away);
    cluster.assertSame();
    assertNoFaults();
  }

  /** Whether parts of a snapshot have come that is not in its place yet. */
  private boolean isReceiving(String name) {
    try (Stream<Path> files = Files.walk(cluster.data(name).resolve("log"))) {
      return files.anyMatch(file -> Files.isRegularFile(file) && file.toString().contains("/tmp/"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** Afterwards the log of the leader does not reach back any more to where it is now. */
  private void fillBeyondTheLog(String leader, String prefix) {
    long before = cluster.store(leader).log().info().getLastAppliedIndex();
    for (int round = 0; round < ROUNDS || firstEntryKept(leader) <= before; round++) {
      fill(cluster.store(leader), prefix + round + "-", 20, 1_000);
    }
  }

  @Test
  void aServerThatLostItsDataComesBackAsAnother() throws IOException {
    cluster.of(3);
    String lost = cluster.follower();
    String id = cluster.store(lost).members().self().id();
    cluster.crash(lost);
    TestCluster.delete(cluster.data(lost));
    String leader = cluster.leader();
    RaftStore same = cluster.start(lost, cluster.joining(lost, leader));
    assertThat(same.members().self().id()).isNotEqualTo(id);
    assertThatThrownBy(() -> await(cluster.store(leader).members().add(same.members().self())))
        .rootCause()
        .hasMessageContaining("remove it first");
    await(cluster.store(leader).members().remove(lost));
    await(cluster.store(leader).members().add(same.members().self()));
    await(same.ready());
    cluster.assertSame();
    assertNoFaults();
  }

  @Test
  void aMemberThatMovesIsToldToJoinAnew() {
    cluster.of(2);
    cluster.stop("b");
    cluster.move("b");
    assertThatThrownBy(() -> cluster.begin("b"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("know this one as b (127.0.0.1:")
        .hasMessageContaining("kuber server remove b");
  }

  @Test
  void aStrangerIsNotLetIn() {
    cluster.begin("a");
    RaftStore store = cluster.store("a");
    RaftStore stranger =
        cluster.start(
            "b",
            cluster
                .config("b")
                .withPeering(
                    Peering.of("b", TestCluster.freeAddress(), "", TestTrust.strangers())
                        .joining(store.members().group(), store.members().list())));
    assertThat(store.members().add(stranger.members().self()).toCompletableFuture())
        .isNotCompleted();
    put(store, "alone", 0, "{}");
    assertThat(stranger.members().list()).isEmpty();
    assertThat(store.members().list()).hasSize(1);
    assertNoFaults();
  }

  private long firstEntryKept(String name) {
    try {
      return Segments.find(cluster.data(name), "log_\\d+-\\d+|log_inprogress_\\d+").stream()
          .map(file -> file.getFileName().toString())
          .mapToLong(file -> Long.parseLong(file.replaceAll("log_(inprogress_)?(\\d+).*", "$2")))
          .min()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
