package io.kuber.testkit;

import static io.kuber.testkit.Things.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.ListOptions;
import io.kuber.client.Client.ObjectList;
import io.kuber.client.Client.WatchListener;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Key;
import io.kuber.testkit.junit.KuberTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

@KuberTest
final class TestClusterTest {
  private final TestCluster cluster;
  private final Client client;

  TestClusterTest(TestCluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client();
  }

  private static ObjectList list(Client client, ResourceType type) {
    return await(client.list(type, "default", ListOptions.ALL));
  }

  private static List<String> names(Client client, ResourceType type) {
    return list(client, type).objects().stream().map(KubeObject::name).toList();
  }

  private static void create(Client client, KubeObject object) {
    await(
        client.create(
            object.kind().equals("Deployment") ? Resources.DEPLOYMENTS : Resources.CONFIG_MAPS,
            object));
  }

  /** Completes with why a watch on config maps has ended. */
  private static CompletableFuture<RuntimeException> endOfWatch(Client client, String since) {
    CompletableFuture<RuntimeException> end = new CompletableFuture<>();
    client.watch(
        Resources.CONFIG_MAPS,
        "default",
        ListOptions.ALL,
        since,
        new WatchListener() {
          @Override
          public void added(KubeObject object) {}

          @Override
          public void modified(KubeObject object) {}

          @Override
          public void deleted(KubeObject object) {}

          @Override
          public void ended(RuntimeException reason) {
            end.complete(reason);
          }
        });
    return end;
  }

  @Test
  void hasWhatEveryClusterHasWhenItIsStarted() {
    assertThat(names(client, Resources.SERVICE_ACCOUNTS)).containsExactly("default");
    assertThat(names(client, Resources.CONFIG_MAPS)).containsExactly("kube-root-ca.crt");
  }

  @Test
  void goesBackToASnapshotInPlace() throws Exception {
    KubeObject kept = await(client.create(Resources.CONFIG_MAPS, Things.map("kept")));
    Snapshot before = cluster.snapshot();
    create(client, Things.map("more"));
    await(client.delete(Resources.CONFIG_MAPS, "default", "kept", Client.DeleteOptions.DEFAULT));

    cluster.restore(before);

    assertThat(names(client, Resources.CONFIG_MAPS)).containsExactly("kept", "kube-root-ca.crt");
    assertThat(await(client.get(Resources.CONFIG_MAPS, "default", "kept"))).isEqualTo(kept);
    create(client, Things.map("more"));
  }

  @Test
  void tellsWatchersThatItWasSetBack() throws Exception {
    Snapshot before = cluster.snapshot();
    create(client, Things.map("gone"));
    String seen = list(client, Resources.CONFIG_MAPS).resourceVersion();
    CompletableFuture<RuntimeException> end = endOfWatch(client, seen);

    cluster.restore(before);

    assertThat(await(end))
        .isInstanceOfSatisfying(
            ApiException.class, told -> assertThat(told.reason()).isEqualTo(StatusReason.EXPIRED));
    assertThat(await(endOfWatch(client, seen)))
        .as("a watch that goes on from what is no more")
        .isInstanceOf(ApiException.class);
    assertThat(Long.parseLong(list(client, Resources.CONFIG_MAPS).resourceVersion()))
        .isGreaterThan(Long.parseLong(seen));
  }

  @Test
  void countsNothingAgainstAQuotaThatIsNoMore() throws Exception {
    KubeObject quota =
        Resources.RESOURCE_QUOTAS
            .object("default", "few")
            .with(Tree.of("hard", Tree.of("configmaps", "2")), "spec");
    await(client.create(Resources.RESOURCE_QUOTAS, quota));
    Snapshot before = cluster.snapshot();
    create(client, Things.map("one"));

    cluster.restore(before);

    create(client, Things.map("two"));
    assertThatThrownBy(() -> create(client, Things.map("three"))).hasMessageContaining("few");
  }

  @Test
  void decidesAgainAfterItWasSetBack() throws Exception {
    cluster.restore(cluster.snapshot());
    create(client, Things.deployment("web"));
    cluster.awaitIdle();
    assertThat(names(client, Resources.PODS)).singleElement().asString().startsWith("web-");
  }

  @Test
  void forksIntoClustersThatGoTheirOwnWays() throws Exception {
    create(client, Things.map("both"));
    try (TestCluster fork = cluster.fork()) {
      create(client, Things.map("here"));
      create(fork.client(), Things.map("there"));
      assertThat(names(client, Resources.CONFIG_MAPS))
          .containsExactly("both", "here", "kube-root-ca.crt");
      assertThat(names(fork.client(), Resources.CONFIG_MAPS))
          .containsExactly("both", "kube-root-ca.crt", "there");
    }
  }

  @Test
  void holdsWhatAPausedControllerShouldLookAt() {
    ControllerSwitch deployments = cluster.controller("deployment-controller");
    deployments.pause();
    create(client, Things.deployment("web"));
    cluster.awaitIdle();
    assertThat(names(client, Resources.REPLICA_SETS)).isEmpty();

    deployments.resume();
    cluster.awaitIdle();
    assertThat(names(client, Resources.REPLICA_SETS)).hasSize(1);
  }

  @Test
  void stepsAPausedControllerByHand() {
    ControllerSwitch replicaSets = cluster.controller("replicaset-controller");
    replicaSets.pause();
    create(client, Things.deployment("web"));
    cluster.awaitIdle();

    assertThat(replicaSets.step())
        .hasValueSatisfying(key -> assertThat(isReplicaSet(key)).isTrue());
    assertThat(names(client, Resources.PODS)).hasSize(1);
    cluster.awaitIdle();
    assertThat(replicaSets.stepAll()).isNotEmpty().allMatch(TestClusterTest::isReplicaSet);
    assertThat(names(client, Resources.PODS)).hasSize(1);
  }

  private static boolean isReplicaSet(Key key) {
    return key.resource().equals(Resources.REPLICA_SETS.qualifiedName());
  }

  @Test
  void refusesToStepWhoWalksByHimself() {
    assertThatThrownBy(() -> cluster.controller("job-controller").step())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("job-controller is not paused: it takes its own steps");
    assertThatThrownBy(() -> cluster.controller("kube-scheduler").step())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cluster.controller("webs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no controller \"webs\"");
  }

  @Test
  void startsWithNobodyWhoDecides() throws Exception {
    try (TestCluster quiet = TestCluster.start(TestClusterOptions.DEFAULT.withControllers())) {
      create(quiet.client(), Things.deployment("web"));
      quiet.awaitIdle();
      assertThat(names(quiet.client(), Resources.REPLICA_SETS)).isEmpty();
      assertThat(names(quiet.client(), Resources.SERVICE_ACCOUNTS)).isEmpty();
    }
  }

  @Test
  void answersNobodyOnceItIsClosed() throws Exception {
    TestCluster closed = cluster.fork();
    Snapshot last = closed.snapshot();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> create(closed.client(), Things.map("late")))
        .isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> closed.restore(last)).hasMessage("the cluster is closed");
  }

  @Test
  void refusesWritesWithoutALeaderAndGoesOnWithAnother() {
    cluster.loseLeader();
    assertThatThrownBy(() -> create(client, Things.deployment("web")))
        .hasRootCauseInstanceOf(ApiException.class)
        .hasMessageContaining("the server is currently unable to handle the request");
    cluster.electLeader();
    create(client, Things.deployment("web"));
    cluster.awaitIdle();
    assertThat(list(client, Resources.PODS).objects()).hasSize(1);
  }
}
