package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.fill;
import static io.kuber.raft.TestCluster.put;
import static io.kuber.raft.TestCluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.loop.ThreadLoops;
import io.kuber.store.StoreException;
import io.kuber.store.Stored;
import io.kuber.store.TreeImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(240)
class SeedingTest {
  @TempDir Path directory;

  private final ThreadLoops loops = new ThreadLoops();
  private TestCluster cluster;

  @BeforeEach
  void open() {
    cluster = new TestCluster(directory, config -> config.withCompareEvery(Duration.ofSeconds(1)));
  }

  @AfterEach
  void close() {
    cluster.close();
    loops.close();
  }

  @Test
  void aSurvivorBeginsANewClusterThatOthersCanJoin() throws Exception {
    cluster.of(2);
    fill(cluster.store("a"), "pod-", 3_000, 1_000);
    long revision = cluster.store("a").image().revision();
    assertThatThrownBy(() -> Survivor.read(cluster.data("a")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in use by another kuber");
    cluster.crash("b");
    cluster.crash("a");

    Survivor survivor = Survivor.read(cluster.data("b"));
    assertThat(survivor.image().revision()).isEqualTo(revision);
    assertThat(survivor.members()).extracting(Member::name).containsExactlyInAnyOrder("a", "b");

    TreeImage image = survivor.image().at(revision + (1L << 30));
    RaftStore.seed(cluster.config("c"), loops, image);
    RaftStore store = cluster.begin("c");
    assertThat(store.image().revision()).isEqualTo(image.revision());
    assertThat(store.state().image().digest()).isEqualTo(image.digest());
    Stored first = store.image().scan("pods", "", null).next();
    assertThat(first.revision()).isLessThanOrEqualTo(revision);
    put(store, "new", 0, "{}");
    assertThat(store.image().revision()).isEqualTo(image.revision() + 1);
    until(() -> store.members().list().get(0).name().equals("c"));
    cluster.join("d", "c");
    cluster.assertSame();
    assertThatThrownBy(() -> RaftStore.seed(cluster.config("c"), loops, image))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is something in");
    assertThat(cluster.faults).isEmpty();
  }

  @Test
  void aServerThatDiffersStopsAndSaysSo() {
    cluster.of(3);
    String wrong = cluster.follower();
    RaftStore store = cluster.store(wrong);
    put(store, "same", 0, "{}");
    store
        .state()
        .replace(
            store
                .state()
                .image()
                .withAll(List.of(new Stored(TestCluster.pod("same"), 1, new byte[] {'[', ']'}))));
    put(cluster.store(cluster.leader()), "more", 0, "{}");
    until(() -> !cluster.faults.isEmpty());
    assertThat(cluster.faults)
        .singleElement()
        .satisfies(
            fault ->
                assertThat(fault)
                    .startsWith(wrong + ": the state of this server")
                    .contains("differs from that of the others at revision"));
    assertThatThrownBy(() -> await(store.latest())).rootCause().hasMessageContaining("differs");
    put(cluster.store(cluster.leader()), "others-go-on", 0, "{}");
  }
}
