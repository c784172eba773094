package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class PeerAppenderTest {
  @TempDir Path data;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "all is acknowledged,                10,  9,  0, 10, 10",
    "the last entry is not,              10,  8,  0, 10,  9",
    "nothing is yet,                     10, -1,  0, 10,  9",
    "more is to be sent anyway,           9,  5,  0, 10,  9",
    "it has more than was thought,        0,  8,  5, 10,  9",
    "the last entry is in a snapshot,    10, -1, 10, 10, 10",
    "the log is empty,                    0, -1,  0,  0,  0",
  })
  void sendsTheLastEntryAgainUntilItIsAcknowledged(
      String what, long next, long acknowledged, long first, long end, long expected) {
    assertThat(PeerAppender.next(next, acknowledged, first, end)).as(what).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing new,                    7, 7, false, false",
    "an entry is committed,          8, 7, false, true",
    "entries carry the news,         8, 7, true,  false",
    "nothing was told yet,           0, -1, false, true",
    "nothing is committed yet,      -1, -1, false, false",
  })
  void tellsAtOnceWhatIsCommittedWhenNothingElseIsSent(
      String what, long committed, long told, boolean busy, boolean expected) {
    assertThat(PeerAppender.isNews(committed, told, busy)).as(what).isEqualTo(expected);
  }

  /** The newcomer gets the entries, but what it answers is lost, and nobody writes any more. */
  @Test
  void addsAServerWhoseFirstAnswersAreLost() throws IOException {
    AtomicReference<Relay> relay = new AtomicReference<>();
    Space.Disk disk =
        () -> {
          // Asked before entries are taken.
          Relay once = relay.getAndSet(null);
          if (once != null) {
            once.cut();
          }
          return 100 * Space.LEAST_FREE_BYTES;
        };
    try (TestCluster cluster = new TestCluster(data).withDisk("b", disk)) {
      RaftStore leader = cluster.begin("a");
      put(leader, "before", 0, "{}");
      RaftStore newcomer = cluster.start("b", cluster.joining("b", "a"));
      Member self = newcomer.members().self();
      try (Relay between = new Relay(self.peerAddress())) {
        relay.set(between);
        await(
            leader
                .members()
                .add(new Member(self.id(), self.name(), between.address(), self.clientAddress())));
        assertThat(relay.get()).as("uncut relay").isNull();
        await(newcomer.ready());
        assertThat(Objects.requireNonNull(newcomer.image().get(TestCluster.pod("before"))))
            .isNotNull();
      }
    }
  }
}
