package io.kuber.raft;

import static io.kuber.raft.TestCluster.await;
import static io.kuber.raft.TestCluster.fill;
import static io.kuber.raft.TestCluster.pod;
import static io.kuber.raft.TestCluster.put;
import static io.kuber.raft.TestCluster.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.HostAndPort;
import io.kuber.raft.MemberStatus.Role;
import io.kuber.store.Outcome;
import io.kuber.store.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(240)
class ClusterTest {
  @TempDir Path directory;

  private TestCluster cluster;

  @BeforeEach
  void open() {
    cluster = new TestCluster(directory);
  }

  @AfterEach
  void close() {
    cluster.close();
    assertThat(cluster.faults).isEmpty();
  }

  @Test
  void everyServerTakesWritesAndReadsThem() {
    cluster.of(3);
    for (String name : List.of("a", "b", "c")) {
      RaftStore store = cluster.store(name);
      Outcome outcome = put(store, name, 0, "{}");
      assertThat(outcome).isInstanceOf(Outcome.Applied.class);
      assertThat(store.image().get(pod(name))).isNotNull();
      for (RaftStore other : cluster.stores()) {
        assertThat(await(other.latest()).get(pod(name))).isNotNull();
      }
    }
    fill(cluster.store(cluster.follower()), "many-", 2_000, 100);
    cluster.assertSame();
  }

  @Test
  void saysThatItsAddressIsTakenAndLeavesTheDirectoryFree() throws IOException {
    RaftConfig config = cluster.config("a");
    HostAndPort address = Objects.requireNonNull(config.peering()).listens();
    try (ServerSocket other =
        new ServerSocket(address.getPort(), 1, InetAddress.getByName(address.getHost()))) {
      assertThatThrownBy(() -> cluster.start("a", config))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot listen on")
          .hasMessageContaining(String.valueOf(other.getLocalPort()))
          .hasMessageContaining("Address already in use");
    }
    put(cluster.begin("a"), "later", 0, "{}");
  }

  @Test
  void tellsWhoLeadsAndHandsOver() {
    cluster.of(3);
    List<String> events = new CopyOnWriteArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      cluster.store(name).leadership(leads -> events.add(name + (leads ? " leads" : " follows")));
    }
    until(() -> events.contains("a leads"));
    await(cluster.store("b").members().transfer("c"));
    until(
        () ->
            events.contains("c leads")
                && events.lastIndexOf("a follows") > events.indexOf("a leads"));
    List<MemberStatus> status = await(cluster.store("b").members().status());
    assertThat(status).hasSize(3);
    assertThat(status)
        .filteredOn(one -> one.role() == Role.LEADER)
        .singleElement()
        .satisfies(one -> assertThat(one.member().name()).isEqualTo("c"));
  }

  @Test
  void membersComeAndGo() {
    cluster.of(3);
    fill(cluster.store("b"), "pod-", 100, 100);
    String follower = cluster.follower();
    await(cluster.store(cluster.leader()).members().remove(follower));
    assertThat(cluster.store(cluster.leader()).members().list()).hasSize(2);
    stopRemoved(follower);
  }

  @Test
  void theLeaderItselfCanGo() {
    cluster.of(3);
    fill(cluster.store("b"), "pod-", 100, 100);
    String gone = cluster.leader();
    await(cluster.store(gone).members().remove(gone));
    stopRemoved(gone);
    String next = cluster.leader();
    assertThat(next).isNotEqualTo(gone);
    assertThat(cluster.store(next).members().list())
        .hasSize(2)
        .extracting(Member::name)
        .doesNotContain(gone);
    put(cluster.store(next), "after", 0, "{}");
    cluster.assertSame();
  }

  /** It may have asked for votes before, and heard that nobody counts it any more. */
  private void stopRemoved(String name) {
    cluster.stop(name);
    cluster.faults.removeIf(fault -> fault.startsWith(name + ": "));
  }
}
