package io.kuber.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The control plane as a whole, from a manifest to running pods and back to nothing. */
final class WholeControlPlaneTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default}
      spec:
        replicas: 4
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - name: web
              image: kuber.io/kuard:1
              ports: [{name: http, containerPort: 8080}]
              resources: {requests: {cpu: 100m, memory: 64Mi}}
      """;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: default}
      spec:
        selector: {app: web}
        ports: [{port: 80, targetPort: http}]
      """;

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(7, 3));

  @AfterEach
  void close() {
    cluster.close();
  }

  private void applyWeb() {
    cluster.create(WEB);
    cluster.await("four pods run", MINUTE, () -> ReadyPods.of(cluster).size() == 4);
  }

  private KubeObject web() {
    return cluster.find(Resources.DEPLOYMENTS, "default", "web").orElseThrow();
  }

  @Test
  void runsTheReplicasOfDeployment() {
    applyWeb();
    cluster.advance(Duration.ofSeconds(2));
    assertThat(web().status().number(0, "availableReplicas")).isEqualTo(4);
    assertThat(web().status().number(0, "observedGeneration")).isEqualTo(web().generation());
    assertThat(web().annotations()).containsEntry("deployment.kubernetes.io/revision", "1");
    assertThat(Condition.find(web().status(), "Progressing").orElseThrow().reason())
        .isEqualTo("NewReplicaSetAvailable");
    assertThat(cluster.list(Resources.EVENTS, "default"))
        .extracting(event -> event.tree().text("reason"))
        .contains("ScalingReplicaSet", "SuccessfulCreate", "Scheduled");
  }

  /** All is asked for before any controller has looked. */
  @Test
  void givesPodsTheirTokenThatComeWithTheirNamespace() {
    cluster.create(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: fresh}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: early, namespace: fresh}
        spec: {containers: [{name: main, image: some}]}
        """);
    KubeObject early = cluster.find(Resources.PODS, "fresh", "early").orElseThrow();
    assertThat(early.spec().items("volumes").tree(0).text("name")).startsWith("kube-api-access-");
    cluster.settle();
    assertThat(cluster.find(Resources.SERVICE_ACCOUNTS, "fresh", "default")).isPresent();
  }

  @Test
  void replacesPodThatIsDeleted() {
    applyWeb();
    String victim = ReadyPods.of(cluster).get(0).name();
    cluster.delete(Resources.PODS, "default", victim);
    cluster.await(
        "another pod runs",
        MINUTE,
        () ->
            ReadyPods.of(cluster).size() == 4
                && cluster.find(Resources.PODS, "default", victim).isEmpty());
  }

  @Test
  void followsTheWishedNumberOfReplicas() {
    applyWeb();
    cluster.merge(Resources.DEPLOYMENTS, "default", "web", "spec: {replicas: 10}");
    cluster.await("ten pods run", MINUTE, () -> ReadyPods.of(cluster).size() == 10);
    cluster.merge(Resources.DEPLOYMENTS, "default", "web", "spec: {replicas: 1}");
    cluster.await(
        "one pod is left", MINUTE, () -> cluster.list(Resources.PODS, "default").size() == 1);
  }

  @Test
  void keepsEnoughPodsDuringRollingUpdate() {
    applyWeb();
    Tree template = web().spec().tree("template");
    cluster.merge(
        Resources.DEPLOYMENTS,
        "default",
        "web",
        "spec: {template: {spec: {containers: [{name: web, image: 'kuber.io/kuard:2'}]}}}");
    assertThat(web().spec().tree("template")).isNotEqualTo(template);
    for (int i = 0; i < 100; i++) {
      cluster.advance(Duration.ofMillis(100));
      assertThat(ReadyPods.of(cluster)).hasSizeBetween(3, 5);
    }
    assertThat(ReadyPods.of(cluster))
        .hasSize(4)
        .allSatisfy(
            pod ->
                assertThat(pod.spec().items("containers").tree(0).text("image"))
                    .isEqualTo("kuber.io/kuard:2"));
    assertThat(cluster.list(Resources.REPLICA_SETS, "default")).hasSize(2);
    assertThat(web().annotations()).containsEntry("deployment.kubernetes.io/revision", "2");
  }

  @Test
  void listsReadyPodsBehindService() {
    cluster.create(SERVICE);
    applyWeb();
    cluster.advance(Duration.ofSeconds(2));
    KubeObject endpoints = cluster.find(Resources.ENDPOINTS, "default", "web").orElseThrow();
    Tree subset = endpoints.tree().items("subsets").tree(0);
    assertThat(subset.items("addresses").size()).isEqualTo(4);
    assertThat(subset.items("ports").tree(0).number(0, "port")).isEqualTo(8080);
    List<KubeObject> slices = cluster.list(Resources.ENDPOINT_SLICES, "default");
    assertThat(slices).hasSize(1);
    assertThat(slices.get(0).tree().items("endpoints").size()).isEqualTo(4);
  }

  @Test
  void collectsAllThatDeploymentMade() {
    applyWeb();
    cluster.delete(Resources.DEPLOYMENTS, "default", "web");
    cluster.await(
        "nothing is left",
        MINUTE,
        () ->
            cluster.list(Resources.REPLICA_SETS, "default").isEmpty()
                && cluster.list(Resources.PODS, "default").isEmpty());
  }

  @Test
  void emptiesNamespaceBeforeItGoes() {
    cluster.create("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
    cluster.create(WEB.replace("namespace: default", "namespace: team"));
    cluster.await(
        "four pods run",
        MINUTE,
        () -> cluster.list(Resources.PODS, "team").stream().filter(Pods::isReady).count() == 4);
    cluster.delete(Resources.NAMESPACES, "", "team");
    assertThat(cluster.find(Resources.NAMESPACES, "", "team")).isPresent();
    cluster.await(
        "the namespace is gone",
        MINUTE,
        () -> cluster.find(Resources.NAMESPACES, "", "team").isEmpty());
    assertThat(cluster.list(Resources.PODS, "team")).isEmpty();
    assertThat(cluster.list(Resources.DEPLOYMENTS, "team")).isEmpty();
    assertThat(cluster.list(Resources.CONFIG_MAPS, "team")).isEmpty();
  }

  @Test
  void movesPodsAwayFromNodeThatFellSilent() {
    applyWeb();
    cluster.nodes().silence("node-0");
    cluster.advance(Duration.ofMinutes(8));
    assertThat(ReadyPods.of(cluster)).hasSize(4);
    assertThat(ReadyPods.of(cluster))
        .allSatisfy(pod -> assertThat(pod.spec().text("nodeName")).isNotEqualTo("node-0"));
    KubeObject node = cluster.find(Resources.NODES, "", "node-0").orElseThrow();
    assertThat(Condition.find(node.status(), "Ready").orElseThrow().status()).isEqualTo("Unknown");
  }

  @Test
  void saysWhyPodFindsNoNode() {
    cluster.create(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: huge, namespace: default}
        spec:
          containers:
          - {name: huge, image: huge, resources: {requests: {cpu: 64}}}
        """);
    cluster.advance(Duration.ofSeconds(1));
    KubeObject pod = cluster.find(Resources.PODS, "default", "huge").orElseThrow();
    Condition scheduled = Condition.find(pod.status(), "PodScheduled").orElseThrow();
    assertThat(scheduled.reason()).isEqualTo("Unschedulable");
    assertThat(scheduled.tree().text("message"))
        .isEqualTo(
            "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, preemption: 0/3"
                + " nodes are available: 3 Preemption is not helpful for scheduling.");
  }

  @Test
  void givesEveryNamespaceItsAccountAndCertificate() {
    assertThat(cluster.find(Resources.SERVICE_ACCOUNTS, "default", "default")).isPresent();
    assertThat(cluster.find(Resources.CONFIG_MAPS, "kube-system", "kube-root-ca.crt")).isPresent();
  }
}
