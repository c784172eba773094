package io.kuber.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kuber.api.ApiException;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.junit.Kubeconfig;
import io.kuber.testkit.junit.KuberTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes wrong between clients and the API, and what they see of it. */
@KuberTest
final class FaultsTest {
  private static final long PATIENCE_SECONDS = 60;

  private final TestCluster cluster;
  private final KubernetesClient client;

  FaultsTest(TestCluster cluster, KubernetesClient client) {
    this.cluster = cluster;
    this.client = client;
    client.getConfiguration().setRequestRetryBackoffLimit(0);
  }

  private static ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .build();
  }

  private void create(String name) {
    client.resource(map(name)).create();
  }

  private boolean exists(String name) {
    return client.configMaps().inNamespace("default").withName(name).get() != null;
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  @Test
  void strikesTheThirdRequestAndNoOther() {
    Injection injection =
        cluster
            .faults()
            .when(Requests.create("configmaps").in("default"))
            .nth(3)
            .then(Fault.conflict());
    create("a");
    create("b");
    assertThatThrownBy(() -> create("c"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    create("c");
    assertThat(injection.hits()).isEqualTo(1);
    assertThat(injection.seen()).isEqualTo(4);
  }

  @Test
  void tellsWhenToComeBack() {
    cluster
        .faults()
        .when(Requests.list("configmaps").by("fabric8"))
        .once()
        .then(Fault.tooManyRequests(Duration.ofSeconds(7)));
    assertThatThrownBy(() -> client.configMaps().inNamespace("default").list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            e -> {
              assertThat(e.getCode()).isEqualTo(429);
              assertThat(e.getStatus().getDetails().getRetryAfterSeconds()).isEqualTo(7);
            });
  }

  @Test
  void dropsConnectionsBeforeOrAfterTheWrite() {
    cluster.faults().when(Requests.create("configmaps")).once().then(Fault.dropped());
    assertThatThrownBy(() -> create("before")).isInstanceOf(KubernetesClientException.class);
    assertThat(exists("before")).isFalse();
    cluster
        .faults()
        .when(Requests.create("configmaps"))
        .once()
        .then(Fault.dropped().afterTheWrite());
    assertThatThrownBy(() -> create("after")).isInstanceOf(KubernetesClientException.class);
    assertThat(exists("after")).isTrue();
  }

  @Test
  void dropsConnectionsOfThePort(@Kubeconfig Path kubeconfig) throws Exception {
    Config config =
        new ConfigBuilder(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .withRequestRetryBackoffLimit(0)
            .build();
    cluster
        .faults()
        .when(Requests.create("configmaps"))
        .once()
        .then(Fault.dropped().afterTheWrite());
    try (KubernetesClient remote = new KubernetesClientBuilder().withConfig(config).build()) {
      assertThatThrownBy(() -> remote.resource(map("far")).create())
          .isInstanceOf(KubernetesClientException.class);
      assertThat(remote.resource(map("far")).get()).isNotNull();
    }
  }

  @Test
  void refusesAfterTheWriteHasTakenEffect() {
    cluster
        .faults()
        .when(Requests.writes().of("configmaps").named(""))
        .once()
        .then(Fault.timeout().afterTheWrite());
    assertThatThrownBy(() -> create("late"))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(504));
    assertThat(exists("late")).isTrue();
  }

  @Test
  void disturbsPartsOfKuberToo() {
    KubeObject map = Resources.CONFIG_MAPS.object("default", "own").with(Tree.EMPTY, "data");
    Injection injection =
        cluster
            .faults()
            .when(Requests.create("configmaps").named("own").by("kubernetes-admin"))
            .once()
            .then(Fault.serverError());
    assertThatThrownBy(() -> await(cluster.client().create(Resources.CONFIG_MAPS, map)))
        .isInstanceOf(ApiException.class)
        .hasMessage("Internal error occurred: a fault was injected");
    assertThat(await(cluster.client().create(Resources.CONFIG_MAPS, map)).name()).isEqualTo("own");
    assertThat(injection.hits()).isEqualTo(1);
  }

  @Test
  void losesAndDoublesEvents() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (Watch watch = client.configMaps().inNamespace("default").watch(new Names(seen))) {
      cluster.faults().when(Requests.watch("configmaps").named("lost")).then(Fault.lostEvent());
      cluster
          .faults()
          .when(Requests.watch("configmaps").named("double"))
          .then(Fault.doubledEvent());
      create("lost");
      create("double");
      create("last");
      String name = "";
      StringBuilder names = new StringBuilder();
      while (!name.equals("last")) {
        name = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!name.startsWith("kube-root")) {
          names.append(name).append(' ');
        }
      }
      assertThat(names).hasToString("double double last ");
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void informersLiveThroughWatchesThatEnd() throws Exception {
    Injection expired =
        cluster
            .faults()
            .when(Requests.watch("configmaps").named("gone"))
            .once()
            .then(Fault.watchExpired());
    Injection closed =
        cluster
            .faults()
            .when(Requests.watch("configmaps").named("closed"))
            .once()
            .then(Fault.watchClosed());
    BlockingQueue<String> known = new LinkedBlockingQueue<>();
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace("default").inform(new Known(known))) {
      create("gone");
      awaitName(known, "gone");
      create("closed");
      awaitName(known, "closed");
      assertThat(informer.isRunning()).isTrue();
    }
    assertThat(expired.hits()).isEqualTo(1);
    assertThat(closed.hits()).isEqualTo(1);
  }

  private static void awaitName(BlockingQueue<String> names, String wanted) throws Exception {
    String name = names.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (name != null && !name.equals(wanted)) {
      name = names.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(name).isEqualTo(wanted);
  }

  @Test
  void isClearedWhenTheClusterIsSetBack() throws Exception {
    cluster.faults().when(Requests.any()).drawn(0.5).then(Fault.unavailable());
    assertThat(cluster.faults().isDrawn()).isTrue();
    cluster.restore(cluster.snapshot());
    assertThat(cluster.faults().isQuiet()).isTrue();
    assertThat(cluster.faults().isDrawn()).isFalse();
  }

  @Test
  void refusesRulesThatMakeNoSense() {
    Rule rule = cluster.faults().when(Requests.any());
    assertThatThrownBy(() -> rule.nth(0)).hasMessage("requests are counted from one");
    assertThatThrownBy(() -> rule.drawn(2)).hasMessage("a rate of 2.0 is not between 0 and 1");
    assertThatThrownBy(() -> Requests.of("sing", "pods")).hasMessage("there is no verb \"sing\"");
    assertThatThrownBy(() -> Fault.slow(Duration.ofSeconds(-1))).hasMessage("PT-1S is negative");
  }

  /** Names of the objects that an informer comes to know. */
  private record Known(BlockingQueue<String> names) implements ResourceEventHandler<ConfigMap> {
    @Override
    public void onAdd(ConfigMap map) {
      names.add(map.getMetadata().getName());
    }

    @Override
    public void onUpdate(ConfigMap old, ConfigMap map) {}

    @Override
    public void onDelete(ConfigMap map, boolean unknown) {}
  }

  /** Names of the objects in events. */
  private record Names(BlockingQueue<String> seen) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      seen.add(map.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.add("closed: " + cause);
    }
  }
}
