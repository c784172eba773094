package io.kuber.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kuber.api.Answered;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.testkit.Snapshot;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.history.Change.What;
import io.kuber.testkit.junit.KuberTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@KuberTest(nodes = 1)
final class HistoryTest {
  private static final Key MAP = Resources.CONFIG_MAPS.key("default", "prices");

  private static final KubeObject MAP_OBJECT = Resources.CONFIG_MAPS.object("default", "prices");

  private final TestCluster cluster;
  private final Client client;
  private final History history;
  private final long start;

  HistoryTest(TestCluster cluster) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.history = cluster.history();
    this.start = history.mark();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private List<Request> requestsOfTest() {
    return history.requests().stream()
        .filter(request -> request.order() >= start)
        .filter(request -> request.user().equals("kubernetes-admin"))
        .toList();
  }

  private static ConfigMap prices(String apple) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("prices")
        .withNamespace("default")
        .endMetadata()
        .addToData("apple", apple)
        .build();
  }

  @Test
  void keepsQuietAboutWhatServersKeepForThemselves() {
    Snapshot before = cluster.snapshot();
    await(
        client.create(
            Resources.SERVICES,
            Resources.SERVICES
                .object("default", "web")
                .with(Tree.of("ports", Items.of(Tree.of("port", 80L))), "spec")));
    Snapshot after = cluster.snapshot();

    assertThat(after.revision()).isGreaterThan(before.revision() + 1);
    assertThat(before.diff(after).objects()).noneMatch(entry -> entry.key().isHidden());
    assertThat(history.changes()).isNotEmpty().noneMatch(change -> change.key().isHidden());
  }

  @Test
  void knowsRequestsOfEveryClientWithTheirAnswers(KubernetesClient fabric8) {
    fabric8.resource(prices("1")).create();
    await(client.get(Resources.CONFIG_MAPS, "default", "prices"));
    assertThat(client.get(Resources.CONFIG_MAPS, "default", "absent").toCompletableFuture())
        .completesExceptionallyWithin(Duration.ofMinutes(1));
    fabric8.resource(prices("2")).dryRun().update();

    assertThat(requestsOfTest())
        .extracting(Request::verb, Request::key, Request::code, Request::isDryRun)
        .contains(
            tuple("create", MAP, 201, false),
            tuple("get", MAP, 200, false),
            tuple("get", Resources.CONFIG_MAPS.key("default", "absent"), 404, false),
            tuple("update", MAP, 200, true));
    assertThat(requestsOfTest())
        .filteredOn(Request::isRefused)
        .singleElement()
        .hasToString(
            "get configmaps/default/absent by kubernetes-admin -> 404: configmaps \"absent\" not"
                + " found");
    assertThat(requestsOfTest())
        .filteredOn(request -> request.verb().equals("create"))
        .singleElement()
        .satisfies(request -> assertThat(request.agent()).startsWith("fabric8"))
        .satisfies(request -> assertThat(request.took()).isPositive());
  }

  @Test
  void knowsWhatChangedAndWhoDidIt(KubernetesClient fabric8) {
    fabric8.resource(prices("1")).create();
    fabric8.resource(prices("2")).fieldManager("till").forceConflicts().serverSideApply();
    await(client.delete(Resources.CONFIG_MAPS, "default", "prices", DeleteOptions.DEFAULT));

    List<Change> changes =
        history.changes(MAP).stream().filter(change -> change.order() >= start).toList();
    assertThat(changes)
        .extracting(Change::what)
        .containsExactly(What.CREATED, What.CHANGED, What.DELETED);
    assertThat(changes.get(1).managers()).contains("till");
    assertThat(changes.get(1).differences()).hasToString("[data.apple 1 -> 2]");
    assertThat(changes.get(1).before()).isPresent();
    assertThat(changes.get(2).managers()).isEmpty();
  }

  @Test
  void goesOnWhenTheClusterIsSetBack() throws Exception {
    Snapshot before = cluster.snapshot();
    await(client.create(Resources.CONFIG_MAPS, MAP_OBJECT));
    cluster.restore(before);
    assertThat(history.since(start)).hasAtLeastOneElementOfType(Restoration.class);
    assertThat(history.changes(MAP)).isNotEmpty();
    assertThat(before.diff(cluster.snapshot()).objects())
        .extracting(Diff.Entry::key)
        .doesNotContain(MAP);
  }

  @Test
  void waitsForAChange() {
    assertThat(
            cluster.await(
                Duration.ZERO,
                () -> cluster.image().get(Resources.CONFIG_MAPS.key("default", "late")) != null))
        .isFalse();
    CompletionStage<Boolean> seen =
        CompletableFuture.supplyAsync(
            () -> cluster.await(cluster.patience(), () -> cluster.image().get(MAP) != null));
    await(client.create(Resources.CONFIG_MAPS, MAP_OBJECT));
    assertThat(await(seen)).isTrue();
  }

  @Test
  void forgetsTheOldestAndNoRenewals() {
    LocalStore store = new LocalStore();
    History small = new History();
    small.observer().begin(store, () -> Instant.EPOCH);
    Key lease = Resources.LEASES.key("default", "mine");
    byte[] value = Json.print(Tree.of("kind", "Lease"));
    store.submit(new Command.Put(lease, Command.ABSENT, value));
    store.submit(new Command.Put(lease, 1, value));
    byte[] large = Json.print(Tree.of("kind", "ConfigMap", "data", "x".repeat(1 << 20)));
    for (long i = 0; i < 200; i++) {
      store.submit(
          new Command.Put(Resources.CONFIG_MAPS.key("default", "m" + i), Command.ABSENT, large));
    }
    assertThat(small.changed()).isEqualTo(202);
    assertThat(small.changes()).hasSize((int) (History.MAX_BYTES / large.length));
    assertThat(small.changes(lease)).isEmpty();
  }

  @Test
  void keepsNoMoreRequestsThanItsLimit() {
    History small = new History();
    Answered answered =
        new Answered(
            Instant.EPOCH, Duration.ZERO, "get", "pods", "", "", "", "me", "", false, 200, "");
    for (int i = 0; i < History.MAX_REQUESTS + 7; i++) {
      small.observer().witness().answered(answered);
    }
    assertThat(small.requests()).hasSize(History.MAX_REQUESTS);
    assertThat(small.requests().get(0).order()).isEqualTo(7);
  }
}
