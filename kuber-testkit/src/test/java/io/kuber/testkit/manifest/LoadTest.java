package io.kuber.testkit.manifest;

import static io.kuber.testkit.assertj.KuberAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import io.kuber.testkit.Snapshot;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.TestClusterOptions;
import io.kuber.testkit.history.Diff;
import io.kuber.testkit.junit.KuberTest;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@KuberTest(nodes = 1)
final class LoadTest {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "shop:1"}]}
      """;

  private static final String SHOP = "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}\n";

  private static final String TILLS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: tills.shop.io}
      spec:
        group: shop.io
        scope: Namespaced
        names: {plural: tills, singular: till, kind: Till}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties: {spec: {type: object, properties: {coins: {type: integer}}}}
      """;

  /** What each cluster says of itself, at its own time. */
  private static final Set<String> OWN =
      Set.of("leases.coordination.k8s.io", "nodes", "events", "apiservices.apiregistration.k8s.io");

  @TempDir private Path directory;

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return file;
  }

  @Test
  void loadsADirectoryWhateverItsOrder(TestCluster cluster) throws Exception {
    file(
        "a/one.yml",
        "{apiVersion: shop.io/v1, kind: Till, metadata: {name: one}, spec: {coins: 3}}");
    file("b/web.yaml", WEB + "---\n# nothing\n---\n" + SHOP);
    file("c/tills.yaml", TILLS);
    file(
        "d/maps.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{\"apiVersion\": \"v1\","
            + " \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"prices\"}}]}");
    file("readme.txt", "not a manifest");

    assertThat(cluster.load(directory)).isEqualTo(new Loaded(5, 0, List.of()));

    assertThat(cluster).in("shop").deployment("web").eventually().hasReadyReplicas(2);
    assertThat(cluster).object("shop.io/v1", "Till", "one").hasField("spec.coins", 3);
    assertThat(cluster).configMap("prices").exists();
  }

  @Test
  void saysWhereWhatIsWrongAndLoadsNothing(TestCluster cluster) throws Exception {
    Snapshot before = cluster.snapshot();
    file("shop.yaml", SHOP);
    file(
        "web.yaml",
        "# the shop\n"
            + SHOP.replace("shop", "other")
            + "---\n"
            + WEB.replace("replicas: 2", "replicas: -2"));
    assertThatThrownBy(() -> cluster.load(directory))
        .isInstanceOf(BadManifestException.class)
        .hasMessage(
            "web.yaml:8: document 2: spec.replicas: Invalid value: -2: must be greater than or"
                + " equal to 0");
    assertThat(cluster).namespace("other").doesNotExist();
    assertThat(changed(before, cluster)).isEmpty();

    file("web.yaml", WEB.replace("replicas", "replicaz"));
    file("till.yaml", "\n---\napiVersion: shop.io/v1\nkind: Till\nmetadata: {name: one}\n");
    file("broken.yaml", "a: 1\n---\nb: [\n");
    assertThatThrownBy(() -> cluster.load(directory))
        .hasMessageStartingWith("broken.yaml: document 2: ")
        .hasMessageContaining("line 4");
    Files.delete(directory.resolve("broken.yaml"));
    assertThatThrownBy(() -> cluster.load(directory))
        .hasMessage(
            "till.yaml:4: document 1: kind: no kind Till of shop.io/v1 is served; load its"
                + " CustomResourceDefinition with it\n"
                + "web.yaml:5: document 1: spec.replicaz: unknown field");
    assertThat(cluster).namespace("shop").doesNotExist();
  }

  /** A cluster with some work under way. */
  private void makeBusy(TestCluster cluster) throws Exception {
    cluster.load(file("busy.yaml", SHOP + "---\n" + TILLS));
    cluster.load(
        file(
            "busy.yaml",
            WEB
                + "---\n"
                + "{apiVersion: shop.io/v1, kind: Till, metadata: {name: one}, spec: {coins: 3}}\n"
                + "---\n"
                + "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec:"
                + " {selector: {app: web}, ports: [{port: 80}]}}\n"));
    Files.delete(directory.resolve("busy.yaml"));
    assertThat(cluster).in("shop").deployment("web").eventually().isRolledOut();
    cluster.awaitIdle();
  }

  /** All that is not the same but what the other cluster says of itself. */
  private static List<Diff.Entry> changed(Snapshot before, TestCluster after) {
    return before.diff(after.snapshot()).objects().stream()
        .filter(entry -> !OWN.contains(entry.key().resource()))
        .toList();
  }

  @Test
  void takesAnExportedClusterUpWhereItWas(TestCluster busy) throws Exception {
    makeBusy(busy);
    Snapshot before = busy.snapshot();
    busy.export(directory);
    assertThat(directory.resolve("shop/deployment-web.yaml")).exists();
    assertThat(directory.resolve("_cluster/namespace-shop.yaml")).exists();
    try (TestCluster other = TestCluster.start()) {
      Loaded loaded = other.load(directory);
      assertThat(loaded.created()).isZero();
      other.awaitIdle();
      assertThat(changed(before, other)).isEmpty();
      assertThat(other).node("node-0").eventually().isReady();
      assertThat(other).in("shop").pods("app=web").hasSize(2).areReady();

      other.client().delete(Resources.PODS, "shop", podOf(other), DeleteOptions.DEFAULT);
      assertThat(other).in("shop").pods("app=web").eventually().hasSize(2).areReady();
    }
  }

  private static String podOf(TestCluster cluster) {
    return cluster.image().scan("pods", "shop", null).next().object().name();
  }

  @Test
  void loadsOneListWithoutAnybodyAtWork(TestCluster busy) throws Exception {
    makeBusy(busy);
    Snapshot before = busy.snapshot();
    Path list = file("all.yaml", busy.exportList());
    try (TestCluster other = TestCluster.start(TestClusterOptions.DEFAULT.withControllers())) {
      other.load(list);
      assertThat(changed(before, other)).isEmpty();
      try (TestCluster third = other.fork()) {
        assertThat(changed(other.snapshot(), third)).isEmpty();
      }
    }
  }

  @Test
  void makesUpWhatPodsNeedAndNobodyBrought(TestCluster cluster) throws Exception {
    file(
        "pods.yaml",
        """
        apiVersion: v1
        kind: PodList
        items:
        - apiVersion: v1
          kind: Pod
          metadata:
            name: till-x
            namespace: far
            uid: 6cbe6c28-3b7c-4d4b-a7fb-7d6b9e6a2c11
            resourceVersion: "4711"
            creationTimestamp: "2026-01-02T03:04:05Z"
            ownerReferences:
            - {apiVersion: apps/v1, kind: ReplicaSet, name: till, uid: gone, controller: true}
          spec:
            nodeName: ip-10-0-0-1
            containers: [{name: till, image: "till:1"}]
          status:
            phase: Running
            podIP: 10.9.8.7
            conditions: [{type: Ready, status: "True"}]
            containerStatuses:
            - {name: till, ready: true, restartCount: 4, image: "till:1", imageID: "",
               state: {running: {startedAt: "2026-01-02T03:04:06Z"}}}
        """);
    Loaded loaded = cluster.load(directory);
    assertThat(loaded.notes())
        .containsExactly(
            "ReplicaSet till is not loaded, so it owns nothing here any more",
            "namespace far is spoken of, and was made up",
            "node ip-10-0-0-1 is spoken of, and was made up");
    assertThat(cluster).node("ip-10-0-0-1").eventually().isReady();
    assertThat(cluster)
        .in("far")
        .pod("till-x")
        .isRunning()
        .isReady()
        .isOn("ip-10-0-0-1")
        .hasRestarted(4)
        .hasField("status.podIP", "10.9.8.7")
        .hasField("metadata.uid", "6cbe6c28-3b7c-4d4b-a7fb-7d6b9e6a2c11")
        .at("metadata.ownerReferences")
        .isAbsent();
  }

  static Stream<String> kubectls() {
    String named = System.getenv().getOrDefault("KUBER_KUBECTLS", "/usr/bin/kubectl");
    return Stream.of(named.split(File.pathSeparator));
  }

  @ParameterizedTest
  @MethodSource("kubectls")
  void takesUpWhatKubectlPrints(String kubectl, @TempDir Path dumps) throws Exception {
    assumeThat(Files.isExecutable(Path.of(kubectl)))
        .as("no kubectl at %s: name some in KUBER_KUBECTLS", kubectl)
        .isTrue();
    try (TestCluster busy = TestCluster.start(TestClusterOptions.DEFAULT.withNodes(1));
        TestCluster other = TestCluster.start()) {
      makeBusy(busy);
      Path dump = dumps.resolve("dump.yaml");
      Process get =
          new ProcessBuilder(
                  kubectl,
                  "--kubeconfig=" + busy.kubeconfig(),
                  "get",
                  "ns,no,crd,all,cm,sa,ep,endpointslices,events,tills",
                  "-A",
                  "-o",
                  "yaml")
              .redirectOutput(dump.toFile())
              .redirectErrorStream(false)
              .start();
      assertThat(get.waitFor(2, TimeUnit.MINUTES)).isTrue();
      String said = new String(get.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(get.exitValue()).as(said).isZero();

      other.load(dump);

      assertThat(other).in("shop").deployment("web").isRolledOut().hasReadyReplicas(2);
      assertThat(other).object("shop.io/v1", "Till", "one").hasField("spec.coins", 3);
      assertThat(other).node("node-0").eventually().isReady();
      Stored there = busy.image().get(Resources.DEPLOYMENTS.key("shop", "web"));
      KubeObject web = there == null ? KubeObject.of("", "", "", "") : there.object();
      assertThat(other).in("shop").deployment("web").hasField("metadata.uid", web.uid());
      assertThat(other).in("shop").pods("app=web").hasSize(2).areReady();
    }
  }

  @Test
  void loadsAWholeClusterOnVirtualTimeAndGoesOnFromIt() throws Exception {
    String busy;
    try (VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(3, 2))) {
      cluster.load(file("shop/shop.yaml", SHOP + "---\n" + TILLS + "---\n" + WEB));
      assertThat(cluster).in("shop").deployment("web").hasReadyReplicas(2);
      assertThatThrownBy(
              () -> cluster.load(file("bad.yaml", WEB.replace("replicas: 2", "replicas: -2"))))
          .isInstanceOf(BadManifestException.class);
      assertThat(cluster).in("shop").deployment("web").hasReadyReplicas(2);
      busy = cluster.exportList();
    }
    try (VirtualCluster other = VirtualCluster.start(VirtualOptions.of(4, 0))) {
      Loaded loaded = other.load(file("busy.yaml", busy));
      assertThat(loaded.kept()).isPositive();
      assertThat(other).node("node-1").isReady();
      assertThat(other).in("shop").deployment("web").hasReadyReplicas(2);
      assertThat(other).in("shop").pods("app=web").areReady();
      other.merge(Resources.DEPLOYMENTS, "shop", "web", "spec: {replicas: 4}");
      other.settle();
      assertThat(other).in("shop").deployment("web").hasReadyReplicas(4);
    }
  }
}
