package io.kuber.testkit.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What programs do with fabric8's client; the classes below say how it reaches the server. Every
 * test has a namespace of its own.
 */
abstract class Fabric8Work implements Fabric8OperatorWork {
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private String namespace = "";

  @Override
  public String namespace() {
    return namespace;
  }

  @BeforeEach
  void makeNamespace() {
    namespace = "fabric8-" + NAMESPACES.incrementAndGet();
    client()
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  private ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  private Pod runningPod(String name) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("kuber.io/host")
            .endContainer()
            .endSpec()
            .build();
    client().resource(pod).create();
    return client()
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .waitUntilReady(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Writes down what a watch or an informer tells. */
  private static final class Events implements Watcher<ConfigMap>, ResourceEventHandler<ConfigMap> {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    String next() throws InterruptedException {
      return String.valueOf(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private void add(String what, ConfigMap map) {
      seen.add(what + " " + map.getMetadata().getName() + " " + map.getData().get("key"));
    }

    @Override
    public void eventReceived(Action action, ConfigMap map) {
      add(action.name(), map);
    }

    @Override
    public void onClose(WatcherException cause) {
      closed.countDown();
    }

    @Override
    public void onClose() {
      closed.countDown();
    }

    @Override
    public void onAdd(ConfigMap map) {
      add("ADDED", map);
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap after) {
      add("MODIFIED", after);
    }

    @Override
    public void onDelete(ConfigMap map, boolean isStateUnknown) {
      add("DELETED", map);
    }
  }

  @Test
  void createsReadsReplacesAndDeletes() {
    ConfigMap created = client().resource(map("it", "one")).create();
    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(client().resource(created).get().getData()).containsEntry("key", "one");
    client().resource(map("it", "two")).update();
    assertThat(client().configMaps().inNamespace(namespace).list().getItems())
        .extracting(map -> map.getData().get("key"))
        .contains("two");
    assertThat(client().resource(created).delete()).hasSize(1);
    assertThat(client().resource(created).get()).isNull();
  }

  @Test
  void failsWithTheStatusOfTheServer() {
    client().resource(map("it", "one")).create();
    assertThatThrownBy(() -> client().resource(map("it", "one")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            failure -> {
              assertThat(failure.getCode()).isEqualTo(409);
              assertThat(failure.getStatus().getReason()).isEqualTo("AlreadyExists");
            });
    ConfigMap stale = map("it", "two");
    stale.getMetadata().setResourceVersion("1");
    assertThatThrownBy(() -> client().resource(stale).update())
        .hasMessageContaining("the object has been modified");
    assertThatThrownBy(() -> client().resource(map("Not_A_Name", "x")).create())
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            failure -> {
              assertThat(failure.getCode()).isEqualTo(422);
              assertThat(failure.getStatus().getDetails().getCauses().get(0).getField())
                  .isEqualTo("metadata.name");
            });
  }

  @Test
  void editsAndPatches() {
    ConfigMap created = client().resource(map("it", "one")).create();
    ConfigMap edited =
        client()
            .resource(created)
            .edit(map -> new ConfigMapBuilder(map).addToData("more", "yes").build());
    assertThat(edited.getData()).containsEntry("key", "one").containsEntry("more", "yes");
    client()
        .resource(created)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"more\":null}}");
    client()
        .resource(created)
        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"yes\"}}");
    client()
        .resource(created)
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"replace\",\"path\":\"/data/key\",\"value\":\"two\"}]");
    assertThat(client().resource(created).get().getData())
        .isEqualTo(Map.of("key", "two", "strategic", "yes"));
  }

  @Test
  void watchesAndStops() throws Exception {
    Events events = new Events();
    Watch watch = client().configMaps().inNamespace(namespace).withName("it").watch(events);
    client().resource(map("it", "one")).create();
    assertThat(events.next()).isEqualTo("ADDED it one");
    client().resource(map("it", "two")).update();
    assertThat(events.next()).isEqualTo("MODIFIED it two");
    client().resource(map("it", "two")).delete();
    assertThat(events.next()).isEqualTo("DELETED it two");
    watch.close();
    assertThat(events.closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** A callback may use the client that called it, and wait for the answer. */
  @Test
  void writesFromWithinAWatch() throws Exception {
    BlockingQueue<String> copies = new LinkedBlockingQueue<>();
    Watcher<ConfigMap> copier =
        new Watcher<>() {
          @Override
          public void eventReceived(Action action, ConfigMap map) {
            ConfigMap copy = map("copy", String.valueOf(map.getData().get("key")));
            copies.add(client().resource(copy).create().getMetadata().getName());
          }

          @Override
          public void onClose(WatcherException cause) {}
        };
    Watch watch = client().configMaps().inNamespace(namespace).withName("original").watch(copier);
    client().resource(map("original", "one")).create();
    assertThat(copies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("copy");
    watch.close();
  }

  @Test
  void keepsAnInformerUpToDate() throws Exception {
    client().resource(map("before", "one")).create();
    Events events = new Events();
    try (SharedIndexInformer<ConfigMap> informer =
        client().configMaps().inNamespace(namespace).withLabel("watched", "yes").inform(events)) {
      ConfigMap labelled = map("it", "one");
      labelled.getMetadata().setLabels(Map.of("watched", "yes"));
      client().resource(labelled).create();
      assertThat(events.next()).isEqualTo("ADDED it one");
      labelled.setData(Map.of("key", "two"));
      client().resource(labelled).update();
      assertThat(events.next()).isEqualTo("MODIFIED it two");
      assertThat(informer.getStore().list()).hasSize(1);
      client().resource(labelled).delete();
      assertThat(events.next()).isEqualTo("DELETED it two");
      assertThat(informer.isWatching()).isTrue();
    }
  }

  @Test
  void rollsOutAndScalesADeployment() {
    Deployment deployment =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("web")
            .withNamespace(namespace)
            .endMetadata()
            .withNewSpec()
            .withReplicas(2)
            .withNewSelector()
            .addToMatchLabels("app", "web")
            .endSelector()
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app", "web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("kuber.io/host")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    client().resource(deployment).create();
    client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("web")
        .waitUntilReady(PATIENCE_SECONDS, TimeUnit.SECONDS);
    client().apps().deployments().inNamespace(namespace).withName("web").scale(3);
    client()
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName("web")
        .waitUntilCondition(
            web -> Integer.valueOf(3).equals(web.getStatus().getReadyReplicas()),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
    assertThat(client().pods().inNamespace(namespace).withLabel("app", "web").list().getItems())
        .hasSize(3);
  }

  @Test
  void handlesResourcesWithoutTheirClasses() {
    client().resource(map("it", "one")).create();
    GenericKubernetesResource generic =
        client()
            .genericKubernetesResources("v1", "ConfigMap")
            .inNamespace(namespace)
            .withName("it")
            .get();
    assertThat(generic.<String>get("data", "key")).isEqualTo("one");
    List<String> kinds =
        client().getApiResources("apps/v1").getResources().stream().map(r -> r.getKind()).toList();
    assertThat(kinds).contains("Deployment", "ReplicaSet");
  }

  @Test
  void readsALog() {
    runningPod("talker");
    assertThat(client().pods().inNamespace(namespace).withName("talker").getLog())
        .isEqualTo("log of main\n");
  }

  @Test
  void executesACommand() throws Exception {
    runningPod("worker");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CountDownLatch closed = new CountDownLatch(1);
    try (ExecWatch exec =
        client()
            .pods()
            .inNamespace(namespace)
            .withName("worker")
            .redirectingInput()
            .writingOutput(out)
            .usingListener(
                new ExecListener() {
                  @Override
                  public void onClose(int code, String reason) {
                    closed.countDown();
                  }
                })
            .exec("sh", "-c", "read line; echo \"got $line\"; exit 3")) {
      exec.getInput().write("typed\n".getBytes(UTF_8));
      exec.getInput().flush();
      assertThat(exec.exitCode().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
      assertThat(closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("got typed\n");
  }

  @Test
  void forwardsAPort() throws Exception {
    runningPod("server");
    try (ServerSocket behind = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalPortForward forward =
            client()
                .pods()
                .inNamespace(namespace)
                .withName("server")
                .portForward(behind.getLocalPort());
        Socket near = new Socket(forward.getLocalAddress(), forward.getLocalPort())) {
      near.getOutputStream().write("ping".getBytes(UTF_8));
      try (Socket far = behind.accept()) {
        assertThat(far.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
        far.getOutputStream().write("pong".getBytes(UTF_8));
        assertThat(near.getInputStream().readNBytes(4)).isEqualTo("pong".getBytes(UTF_8));
      }
    }
  }
}
