package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.fill;
import static io.kuber.raft.TestCluster.pod;
import static io.kuber.raft.TestCluster.put;
import static io.kuber.raft.TestCluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.loop.ThreadLoops;
import io.kuber.raft.log.StoreDirectory;
import io.kuber.store.Command;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class SpaceTest {
  private static final long PLENTY = 100 * Space.LEAST_FREE_BYTES;
  private static final long LITTLE = Space.LEAST_FREE_BYTES - 1;

  @TempDir Path data;

  private final ThreadLoops loops = new ThreadLoops();
  private final AtomicLong free = new AtomicLong(PLENTY);
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void closeLoops() {
    loops.close();
  }

  @Test
  void refusesWritesWhileTheDiskOfTheLeaderIsNearlyFullAndReadsGoOn() {
    // Whoever of the two leads has that disk, since a busy machine may make them change.
    TestCluster servers = new TestCluster(data).withDisk("a", free::get).withDisk("b", free::get);
    try (TestCluster cluster = servers.of(2)) {
      RaftStore follower = cluster.store("b");
      put(follower, "before", 0, "{}");

      free.set(LITTLE);
      until(() -> !isTaken(follower));
      for (RaftStore store : cluster.stores()) {
        CompletionStage<Outcome> refused =
            store.submit(new Command.Put(pod("while"), 0, new byte[] {'{', '}'}));
        assertThat(await(store.latest()).get(pod("before"))).isNotNull();
        assertThatThrownBy(() -> await(refused))
            .rootCause()
            .isInstanceOfSatisfying(
                StoreException.class,
                why -> assertThat(why.outcomeUnknown()).as("unknown").isFalse())
            .hasMessageMatching("the disk of " + data + "/[ab] is nearly full; free some space");
        assertThat(await(store.latest()).get(pod("while"))).isNull();
      }

      free.set(PLENTY);
      until(() -> isTaken(follower));
      put(follower, "while", 0, "{}");
      cluster.assertSame();
      assertThat(cluster.faults).isEmpty();
    }
  }

  @Test
  void aFollowerWithoutSpaceSaysSoAndCatchesUpWhenThereIsSome() {
    try (TestCluster cluster = new TestCluster(data).withDisk("c", free::get).of(3)) {
      RaftStore leader = cluster.store("a");
      RaftStore full = cluster.store("c");
      put(full, "before", 0, "{}");

      free.set(Space.LEAST_FREE_FOR_READS - 1);
      put(leader, "while", 0, "{}");
      until(
          () ->
              full.log().info().getLastAppliedIndex() < leader.log().info().getLastAppliedIndex());
      assertThat(isFull(full.latest())).isTrue();
      assertThat(isFull(full.submit(new Command.Put(pod("at-c"), 0, new byte[] {'1'})))).isTrue();
      fill(leader, "many-", 200, 1_000);
      assertThat(full.image().get(pod("before"))).isNotNull();
      assertThat(full.image().get(pod("while"))).isNull();
      assertThat(full.log().leader()).as("is heard").contains(leader.log().self());

      free.set(PLENTY);
      until(() -> full.image().get(pod("many-199")) != null);
      put(full, "after", 0, "{}");
      cluster.assertSame();
      assertThat(cluster.leader()).isEqualTo("a");
      assertThat(cluster.faults).isEmpty();
    }
  }

  private static boolean isFull(CompletionStage<?> asked) {
    return await(
        asked.handle(
            (answer, failure) ->
                failure instanceof StoreException refused
                    && !refused.outcomeUnknown()
                    && String.valueOf(refused.getMessage()).contains("is nearly full")));
  }

  private boolean isTaken(RaftStore store) {
    Command write = new Command.Put(pod("try-" + tries.getAndIncrement()), 0, new byte[] {'1'});
    return await(store.submit(write).handle((outcome, failure) -> failure == null));
  }

  @Test
  void refusesBarriersOnlyWhenNextToNothingIsLeft() throws IOException {
    try (StoreDirectory directory = StoreDirectory.open(data, null, loops.entropy())) {
      Space space = new Space(directory, free::get);
      free.set(LITTLE);
      space.look();
      assertThat(space.refusal(false)).isPresent();
      assertThat(space.refusal(true)).isEmpty();
      free.set(Space.LEAST_FREE_FOR_READS - 1);
      space.look();
      assertThat(space.refusal(true)).isPresent();
    }
  }

  @Test
  void keepsBallastThatItGivesUpToBeOpened() throws IOException {
    try (StoreDirectory directory = StoreDirectory.open(data, null, loops.entropy())) {
      Space space = new Space(directory, free::get);
      free.set(2 * Space.LEAST_FREE_BYTES);
      space.look();
      assertThat(directory.ballast()).as("where space is scarce").doesNotExist();
      free.set(PLENTY);
      space.look();
      assertThat(Files.size(directory.ballast())).isGreaterThan(1 << 20);
      space.makeRoom();
      assertThat(directory.ballast()).as("while there is space").exists();
      free.set(LITTLE);
      space.makeRoom();
      assertThat(directory.ballast()).as("given up").doesNotExist();
      space.look();
      assertThat(directory.ballast()).as("on a full disk").doesNotExist();
      assertThat(space.refusal(false)).isPresent();
    }
  }

  @Test
  void keepsToWhatItKnowsWhenTheDiskCannotBeAsked() throws IOException {
    try (StoreDirectory directory = StoreDirectory.open(data, null, loops.entropy())) {
      Space space =
          new Space(
              directory,
              () -> {
                if (free.get() == PLENTY) {
                  throw new IOException("the disk is gone");
                }
                return free.get();
              });
      free.set(LITTLE);
      space.look();
      free.set(PLENTY);
      space.look();
      assertThat(space.refusal(false)).isPresent();
    }
  }
}
