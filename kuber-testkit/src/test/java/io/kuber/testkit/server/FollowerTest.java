package io.kuber.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.history.Disturbance;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that follow, on virtual time. */
final class FollowerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(7, 2));
  private final Follower follower = cluster.servers().follower("b");

  @AfterEach
  void close() {
    cluster.close();
  }

  private static KubeObject map(String name) {
    return Resources.CONFIG_MAPS.object("default", name).with(Tree.of("a", "1"), "data");
  }

  private static CompletableFuture<KubeObject> create(Client client, String name) {
    return client.create(Resources.CONFIG_MAPS, map(name)).toCompletableFuture();
  }

  private CompletableFuture<KubeObject> read(String name) {
    return follower.client().get(Resources.CONFIG_MAPS, "default", name).toCompletableFuture();
  }

  private boolean shows(String name) {
    return follower.image().get(Resources.CONFIG_MAPS.key("default", name)) != null;
  }

  private AutoCloseable watch(Names names) {
    AutoCloseable watch =
        follower.client().watch(Resources.CONFIG_MAPS, "default", ListOptions.ALL, "", names);
    cluster.advance(SECOND);
    return watch;
  }

  private static ApiException refusal(CompletionStage<?> request) {
    try {
      throw new AssertionError("answered: " + request.toCompletableFuture().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof ApiException refused) {
        return refused;
      }
      throw e;
    }
  }

  @Test
  void showsAtOnceWhatTheLeaderHasAndWritesThereWhileAllIsWell() {
    create(cluster.client(), "there").join();
    assertThat(read("there").join().name()).isEqualTo("there");
    create(follower.client(), "here").join();
    assertThat(cluster.find(Resources.CONFIG_MAPS, "default", "here")).isPresent();
    assertThat(follower.image().revision()).isEqualTo(cluster.image().revision());
  }

  @Test
  void showsAnOldStateWhileItLags() {
    follower.lag(SECOND.multipliedBy(5));
    create(cluster.client(), "late").join();
    assertThat(shows("late")).isFalse();
    CompletableFuture<KubeObject> latest = read("late");
    assertThat(latest).isNotDone();
    cluster.advance(SECOND.multipliedBy(4));
    assertThat(shows("late")).isFalse();
    cluster.advance(SECOND);
    assertThat(shows("late")).isTrue();
    assertThat(latest.join().name()).isEqualTo("late");
  }

  @Test
  void answersAWriteOnceItHasComeBack() {
    follower.lag(SECOND.multipliedBy(5));
    CompletableFuture<KubeObject> slow = create(follower.client(), "slow");
    assertThat(cluster.find(Resources.CONFIG_MAPS, "default", "slow")).isPresent();
    assertThat(slow).isNotDone();
    cluster.advance(SECOND.multipliedBy(5));
    assertThat(slow).isCompleted();
  }

  @Test
  void doesNotKnowWhatBecameOfAWriteThatComesBackTooLate() {
    follower.lag(SECOND.multipliedBy(20));
    CompletableFuture<KubeObject> slow = create(follower.client(), "slow");
    cluster.advance(SECOND.multipliedBy(10));
    assertThat(refusal(slow).reason()).isEqualTo(StatusReason.TIMEOUT);
    assertThat(cluster.find(Resources.CONFIG_MAPS, "default", "slow")).isPresent();
  }

  @Test
  void refusesWritesAndLatestReadsWhileItIsCutOff() {
    follower.cutOff();
    CompletableFuture<KubeObject> write = create(follower.client(), "lost");
    CompletableFuture<KubeObject> read = read("kube-root-ca.crt");
    cluster.advance(SECOND.multipliedBy(9));
    assertThat(write).isNotDone();
    cluster.advance(SECOND);
    assertThat(refusal(write).reason()).isEqualTo(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(refusal(read)).hasMessageContaining("does not hear of a leader");
    assertThat(cluster.find(Resources.CONFIG_MAPS, "default", "lost")).isEmpty();
  }

  @Test
  void delaysWritesUntilItIsConnectedAgain() {
    follower.cutOff();
    CompletableFuture<KubeObject> write = create(follower.client(), "delayed");
    create(cluster.client(), "meanwhile").join();
    cluster.advance(SECOND.multipliedBy(5));
    assertThat(shows("meanwhile")).isFalse();
    follower.rejoin();
    cluster.advance(Duration.ZERO);
    assertThat(write).isCompleted();
    assertThat(shows("meanwhile")).isTrue();
    assertThat(follower.image().revision()).isEqualTo(cluster.image().revision());
  }

  @Test
  void keepsWatchesSilentAndThenShowsEveryChangeInOrder() throws Exception {
    Names names = new Names();
    AutoCloseable watch = watch(names);
    names.seen.clear();
    follower.cutOff();
    create(cluster.client(), "a").join();
    create(cluster.client(), "b").join();
    cluster.advance(SECOND);
    assertThat(names.seen).isEmpty();
    follower.rejoin();
    cluster.advance(SECOND);
    assertThat(names.seen).containsExactly("a", "b");
    watch.close();
  }

  @Test
  void goesOnFromASnapshotWhenItHasMissedTooMuch() throws Exception {
    Names names = new Names();
    AutoCloseable watch = watch(names);
    follower.cutOff();
    for (int i = 0; i < Backlog.MAX_CHANGES + 1; i++) {
      create(cluster.client(), "map-" + i).join();
    }
    follower.rejoin();
    cluster.advance(SECOND);
    assertThat(names.ended).isTrue();
    watch.close();
    assertThat(follower.image().revision()).isEqualTo(cluster.image().revision());
  }

  @Test
  void writesItsOwnTimeWhenItsClockIsWrong() {
    follower.skew(Duration.ofMinutes(-5));
    KubeObject written = create(follower.client(), "yesterday").join();
    Instant made = Instant.parse(written.metadata().text("creationTimestamp"));
    assertThat(Duration.between(made, cluster.now()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plus(SECOND));
  }

  @Test
  void hasNoLatestStateWithoutALeader() throws Exception {
    cluster.servers().loseLeader();
    CompletableFuture<KubeObject> read = read("kube-root-ca.crt");
    cluster.advance(SECOND.multipliedBy(10));
    assertThat(refusal(read).reason()).isEqualTo(StatusReason.SERVICE_UNAVAILABLE);
    assertThat(shows("kube-root-ca.crt")).isTrue();
    assertThat(refusal(create(cluster.client(), "nobody")).code()).isEqualTo(503);
    cluster.servers().electLeader();
    cluster.settle();
    assertThat(read("kube-root-ca.crt").join().name()).isEqualTo("kube-root-ca.crt");
    cluster.create(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: some}]}
        """);
    cluster.settle();
    assertThat(
            cluster
                .get(Resources.REPLICA_SETS, "default", "web")
                .status()
                .number(0, "readyReplicas"))
        .isEqualTo(2);
  }

  @Test
  void tellsInTheTimelineWhatWentWrong() throws Exception {
    follower.cutOff();
    follower.rejoin();
    follower.lag(SECOND, SECOND.multipliedBy(2));
    follower.skew(SECOND.negated());
    cluster.nodes().silence("node-0");
    cluster.servers().loseLeader();
    assertThat(refusal(create(cluster.client(), "nobody")).code()).isEqualTo(503);
    cluster.servers().electLeader();
    assertThat(cluster.history().disturbances())
        .extracting(Disturbance::text)
        .containsExactly(
            "server b is cut off",
            "server b is connected again",
            "server b lags by 1.0 s to 2.0 s",
            "the clock of server b is 1.0 s behind",
            "node node-0 falls silent",
            "the leader is lost",
            "create configmaps/default/nobody by kubernetes-admin: 503 ServiceUnavailable",
            "a leader is elected");
    assertThat(cluster.history().timeline().ofTest().toString())
        .contains("fault     server b is cut off");
  }

  private static String wavering(long seed) {
    try (VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(seed, 1))) {
      Follower follower = cluster.servers().follower("b");
      follower.waver(SECOND.multipliedBy(20), SECOND.multipliedBy(10));
      follower.lag(Duration.ZERO, SECOND);
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 60; i++) {
        create(cluster.client(), "map-" + i).join();
        cluster.advance(SECOND);
        seen.append(cluster.image().revision() - follower.image().revision()).append(' ');
      }
      follower.rejoin();
      cluster.advance(SECOND);
      assertThat(follower.image().revision()).isEqualTo(cluster.image().revision());
      return seen.toString();
    }
  }

  @Test
  void wavesAsTheSeedSays() {
    String once = wavering(3);
    assertThat(once).isEqualTo(wavering(3)).isNotEqualTo(wavering(4));
    assertThat(once).contains(" 0 ", " 5 ");
  }

  /** The names of what was added. */
  private static final class Names implements Client.WatchListener {
    private final List<String> seen = new ArrayList<>();
    private boolean ended;

    @Override
    public void added(KubeObject object) {
      seen.add(object.name());
    }

    @Override
    public void modified(KubeObject object) {
      seen.add(object.name() + " changed");
    }

    @Override
    public void deleted(KubeObject object) {
      seen.add(object.name() + " deleted");
    }

    @Override
    public void ended(RuntimeException reason) {
      ended = true;
    }
  }
}
