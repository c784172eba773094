package io.kuber.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that only pretend, and the pods that they lead through their stages. */
final class SimulatedNodesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(3, 2));

  @AfterEach
  void close() {
    cluster.close();
  }

  private void bindPod(String name, String annotations, String more) {
    cluster.create(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default, annotations: {%s}}
        spec: {nodeName: node-1, containers: [{name: main, image: some}], %s}
        """
            .formatted(name, annotations, more));
  }

  private KubeObject pod(String name) {
    return cluster.find(Resources.PODS, "default", name).orElseThrow();
  }

  private Tree container(String pod) {
    return pod(pod).status().items("containerStatuses").tree(0);
  }

  @Test
  void registersNodesThatAreReady() {
    assertThat(cluster.nodes().registered().toCompletableFuture().join()).isEqualTo(2);
    KubeObject node = cluster.find(Resources.NODES, "", "node-1").orElseThrow();
    assertThat(Condition.find(node.status(), "Ready").orElseThrow().isTrue()).isTrue();
    assertThat(node.status().text("capacity", "cpu")).isEqualTo("8");
    assertThat(node.status().text("nodeInfo", "kubeletVersion")).isEqualTo("v1.36.0+kuber");
    assertThat(node.labels()).containsEntry("kubernetes.io/hostname", "node-1");
  }

  @Test
  void takesUpNodesThatAreKnownAlready() {
    cluster.nodes().close();
    cluster.advance(SECOND);
    try (SimulatedNodes again =
        SimulatedNodes.start(cluster.client(), cluster.loops(), NodeSettings.of(2))) {
      bindPod("early", "", "");
      cluster.advance(SECOND);
      assertThat(again.registered().toCompletableFuture()).isCompletedWithValue(2);
      assertThat(Pods.isReady(pod("early"))).isTrue();
    }
  }

  @Test
  void runsPodThatIsBoundToNode() {
    bindPod("web", "", "");
    cluster.advance(Duration.ofMillis(100));
    assertThat(container("web").text("state", "waiting", "reason")).isEqualTo("ContainerCreating");
    cluster.advance(SECOND);
    Tree status = pod("web").status();
    assertThat(status.text("phase")).isEqualTo("Running");
    assertThat(Pods.isReady(pod("web"))).isTrue();
    assertThat(status.text("podIP")).startsWith("10.128.1.");
    assertThat(status.text("hostIP")).isEqualTo("192.168.0.2");
    assertThat(container("web").text("containerID")).hasSize("kuber://".length() + 64);
    assertThat(container("web").isTrue("ready")).isTrue();
  }

  @Test
  void givesEveryPodAnAddressOfItsOwn() {
    for (int i = 0; i < 20; i++) {
      bindPod("web-" + i, "", "");
    }
    cluster.advance(SECOND);
    assertThat(ReadyPods.of(cluster)).hasSize(20);
    assertThat(ReadyPods.of(cluster))
        .extracting(pod -> pod.status().text("podIP"))
        .doesNotHaveDuplicates();
  }

  @Test
  void givesPodsOfTheHostNetworkTheAddressOfTheirNode() {
    bindPod("agent", "", "hostNetwork: true");
    cluster.advance(SECOND);
    assertThat(pod("agent").status().text("podIP")).isEqualTo("192.168.0.2");
  }

  @Test
  void endsInitContainersBeforeTheOthersRun() {
    bindPod("web", "", "initContainers: [{name: first, image: some}]");
    cluster.advance(Duration.ofMillis(100));
    assertThat(container("web").text("state", "waiting", "reason")).isEqualTo("PodInitializing");
    cluster.advance(SECOND);
    Tree init = pod("web").status().items("initContainerStatuses").tree(0);
    assertThat(init.text("state", "terminated", "reason")).isEqualTo("Completed");
    assertThat(Pods.isReady(pod("web"))).isTrue();
  }

  @Test
  void letsGoOfPodThatIsDeleted() {
    bindPod("web", "", "");
    cluster.advance(SECOND);
    cluster.delete(Resources.PODS, "default", "web");
    assertThat(pod("web").isBeingDeleted()).isTrue();
    cluster.advance(SECOND);
    assertThat(cluster.find(Resources.PODS, "default", "web")).isEmpty();
  }

  @Test
  void completesPodWhenItsAnnotationSaysSo() {
    bindPod("task", "kuber.io/complete-after: 1m30s", "restartPolicy: Never");
    bindPod("server", "kuber.io/complete-after: 1m30s", "restartPolicy: Always");
    cluster.advance(Duration.ofSeconds(85));
    assertThat(Pods.phase(pod("task"))).isEqualTo("Running");
    cluster.advance(Duration.ofSeconds(10));
    assertThat(Pods.phase(pod("task"))).isEqualTo("Succeeded");
    assertThat(Pods.isReady(pod("task"))).isFalse();
    assertThat(container("task").number(-1, "state", "terminated", "exitCode")).isZero();
    assertThat(Pods.phase(pod("server"))).isEqualTo("Running");
  }

  @Test
  void renewsTheLeasesOfManyNodes() {
    try (VirtualCluster many = VirtualCluster.start(VirtualOptions.of(3, 100))) {
      renewsTheLeasesOf(many);
    }
  }

  private static void renewsTheLeasesOf(VirtualCluster many) {
    many.advance(Duration.ofMinutes(2));
    Instant recent = many.now().minusSeconds(11);
    assertThat(many.list(Resources.LEASES, "kube-node-lease"))
        .hasSize(100)
        .allSatisfy(
            lease -> assertThat(Timestamps.parse(lease.spec().text("renewTime"))).isAfter(recent));
    assertThat(many.list(Resources.NODES, ""))
        .hasSize(100)
        .allSatisfy(
            node ->
                assertThat(Condition.find(node.status(), "Ready").orElseThrow().isTrue()).isTrue());
  }

  @Test
  void saysNothingOfItselfBeforeItIsRegistered() {
    SimulatedNode node = new SimulatedNode(0, 0, NodeSettings.of(1), Instant.EPOCH);
    assertThat(node.isReporting()).isFalse();
    node.registered();
    assertThat(node.isReporting()).isTrue();
    node.silence();
    assertThat(node.isReporting()).isFalse();
  }

  @Test
  void makesMissingLeaseAnew() {
    cluster.delete(Resources.LEASES, "kube-node-lease", "node-0");
    cluster.advance(Duration.ofSeconds(11));
    assertThat(cluster.find(Resources.LEASES, "kube-node-lease", "node-0")).isPresent();
  }

  @Test
  void takesUpPodsOnceItsNodeIsBack() {
    cluster.nodes().silence("node-1");
    bindPod("web", "", "");
    cluster.advance(Duration.ofSeconds(5));
    assertThat(pod("web").status().has("containerStatuses")).isFalse();
    cluster.nodes().revive("node-1");
    cluster.advance(SECOND);
    assertThat(Pods.isReady(pod("web"))).isTrue();
  }

  @Test
  void refusesToSilenceNodeThatIsNotThere() {
    assertThatThrownBy(() -> cluster.nodes().silence("node-2"))
        .hasMessage("there is no simulated node node-2; there are node-0, node-1");
  }
}
