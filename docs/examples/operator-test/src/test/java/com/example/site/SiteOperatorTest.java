package com.example.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.TestClusterOptions;
import io.kuber.testkit.junit.Between;
import io.kuber.testkit.junit.ClusterOptions;
import io.kuber.testkit.junit.KuberTest;
import io.kuber.testkit.node.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator at work on a whole cluster: API, controllers, scheduler and three nodes. */
@KuberTest(between = Between.KEEP)
class SiteOperatorTest {
  /** Three nodes whose containers start and stop at once: these tests wait for many, in turn. */
  @ClusterOptions
  static final TestClusterOptions OPTIONS =
      TestClusterOptions.DEFAULT.withNodes(
          NodeSettings.of(3).taking(Duration.ofMillis(20), Duration.ofMillis(20)));

  private static KubernetesClient client;
  private static Operator operator;

  @BeforeAll
  static void start(TestCluster cluster, KubernetesClient given) throws Exception {
    cluster.load(Path.of("src/main/resources/sites.yaml"));
    client = given;
    operator =
        new Operator(
            settings -> settings.withKubernetesClient(client).withCloseClientOnStop(false));
    operator.register(new SiteReconciler());
    operator.start();
  }

  @AfterAll
  static void stop() {
    operator.stop();
  }

  /** Waits for a change, not for a time; the limit is for a machine that has much else to do. */
  private static <T> T await(Resource<T> resource, Predicate<T> condition) {
    return resource.waitUntilCondition(
        it -> it != null && condition.test(it), 60, TimeUnit.SECONDS);
  }

  private static void awaitGone(Resource<?> resource) {
    resource.waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
  }

  private static Resource<Site> site(String name) {
    return client.resources(Site.class).inNamespace("default").withName(name);
  }

  private static Resource<Deployment> deployment(String name) {
    return client.apps().deployments().inNamespace("default").withName(name);
  }

  private static Site create(String name, int replicas) {
    Site site = Site.named("default", name);
    site.setSpec(new Site.Spec(replicas));
    client.resource(site).create();
    return await(site(name), it -> new Site.Status(replicas).equals(it.getStatus()));
  }

  private static List<Pod> pods(String name) {
    return client.pods().inNamespace("default").withLabel("site", name).list().getItems();
  }

  @Test
  void makesPodsAndReportsThem() {
    Site site = create("made", 2);
    assertThat(site.getMetadata().getFinalizers()).containsExactly("sites.example.com/finalizer");
    assertThat(deployment("made").get().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getUid()).isEqualTo(site.getMetadata().getUid()));
    assertThat(pods("made")).hasSize(2);
  }

  @Test
  void ownsWhatItAppliesAndLeavesTheRestToOthers() {
    create("shared", 1);
    Deployment label =
        new DeploymentBuilder()
            .withNewMetadata()
            .withName("shared")
            .withNamespace("default")
            .addToLabels("team", "shop")
            .endMetadata()
            .build();
    client
        .resource(label)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("team")
                .build());
    site("shared")
        .edit(
            site -> {
              site.setSpec(new Site.Spec(3));
              return site;
            });
    await(site("shared"), site -> new Site.Status(3).equals(site.getStatus()));
    assertThat(deployment("shared").get().getMetadata().getLabels()).containsEntry("team", "shop");
    assertThat(deployment("shared").get().getMetadata().getManagedFields())
        .extracting(entry -> entry.getManager() + " " + entry.getOperation())
        .contains("sites Apply", "team Apply");
  }

  @Test
  void cleansUpBeforeASiteGoesAndItsPodsGoWithIt() {
    create("leaving", 2);
    site("leaving").delete();
    awaitGone(site("leaving"));
    assertThat(client.configMaps().inNamespace("default").withName("farewell-leaving").get())
        .satisfies(farewell -> assertThat(farewell.getData()).containsEntry("replicas", "2"));
    awaitGone(deployment("leaving"));
    client
        .pods()
        .inNamespace("default")
        .withLabel("site", "leaving")
        .informOnCondition(List::isEmpty)
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void movesToOtherNodesWhenOneIsLost(TestCluster cluster) {
    create("moved", 2);
    String lost = pods("moved").get(0).getSpec().getNodeName();
    cluster.nodes().silence(lost);
    // What the node controller says of a silent node after 40 s; nobody wants to wait for that.
    client
        .nodes()
        .withName(lost)
        .editStatus(
            node -> {
              node.getStatus().getConditions().stream()
                  .filter(condition -> condition.getType().equals("Ready"))
                  .forEach(condition -> condition.setStatus("Unknown"));
              return node;
            });
    await(
        deployment("moved"),
        it ->
            Objects.equals(it.getStatus().getReadyReplicas(), 2)
                && pods("moved").stream()
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                    .noneMatch(pod -> lost.equals(pod.getSpec().getNodeName())));
    cluster.nodes().revive(lost);
  }
}
