package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
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
    try (TestCluster cluster = new TestCluster(data).withDisk("a", free::get).of(2)) {
      RaftStore follower = cluster.store("b");
      assertThat(cluster.leader()).isEqualTo("a");
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
            .hasMessage("the disk of " + cluster.data("a") + " is nearly full; free some space");
        assertThat(await(store.latest()).get(pod("while"))).isNull();
      }

      free.set(PLENTY);
      until(() -> isTaken(follower));
      put(follower, "while", 0, "{}");
      cluster.assertSame();
      assertThat(cluster.faults).isEmpty();
    }
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
