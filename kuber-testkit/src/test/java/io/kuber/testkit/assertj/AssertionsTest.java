package io.kuber.testkit.assertj;

import static io.kuber.testkit.assertj.KuberAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.resource.Resources;
import io.kuber.testkit.time.VirtualCluster;
import io.kuber.testkit.time.VirtualOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a virtual clock, so that messages are the same each time. */
final class AssertionsTest {
  private static final long SEED = 7;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}, finalizers: [shop.io/keep]}
      spec:
        replicas: %d
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: web, image: "shop:1", resources: {requests: {cpu: 3}}}
      """;

  private final VirtualCluster cluster = VirtualCluster.start(VirtualOptions.of(SEED, 1));

  @AfterEach
  void close() {
    cluster.close();
  }

  private static String message(ThrowingCallable assertion) {
    return String.valueOf(catchThrowableOfType(AssertionError.class, assertion).getMessage());
  }

  private String podOfWeb() {
    return cluster.list(Resources.PODS, "default").get(0).name();
  }

  @Test
  void speaksOfDeploymentsAndTheirPods() {
    cluster.create(WEB.formatted(2));
    assertThat(cluster)
        .deployment("web")
        .eventually()
        .hasReadyReplicas(2)
        .isRolledOut()
        .hasReplicas(2)
        .hasAvailableReplicas(2)
        .hasUpdatedReplicas(2)
        .hasCondition("Available", "True")
        .hasEvent("ScalingReplicaSet")
        .hasLabel("app")
        .hasLabel("app", "web")
        .hasFinalizer("shop.io/keep")
        .neverHad("status.readyReplicas", 3)
        .onceHad("status.unavailableReplicas", 2)
        .hasField("spec.replicas", 2)
        .at("$.spec.template.spec.containers[0].image")
        .isEqualTo("shop:1")
        .at("spec.template.spec.containers[name=web].resources.requests")
        .isEqualTo(Map.of("cpu", "3"))
        .at("metadata.finalizers")
        .isEqualTo(List.of("shop.io/keep"))
        .at("metadata.finalizers")
        .contains("shop.io/keep")
        .at("spec.paused")
        .isAbsent();
    assertThat(cluster).pods("app=web").hasSize(2).areReady().areRunning();
    assertThat(cluster)
        .pod(podOfWeb())
        .isRunning()
        .isReady()
        .isOn("node-0")
        .hasRestarted(0)
        .hasImage("shop:1");
    String replicaSet = cluster.list(Resources.REPLICA_SETS, "default").get(0).name();
    assertThat(cluster).pod(podOfWeb()).isOwnedBy("ReplicaSet", replicaSet).hasNoFinalizers();
    assertThat(cluster).node("node-0").isReady();
    assertThat(cluster).received("create", "pods").neverReceived("delete", "nodes");
    cluster.client().delete(Resources.DEPLOYMENTS, "default", "web", DeleteOptions.DEFAULT);
    assertThat(cluster).deployment("web").isBeingDeleted();
    cluster.merge(Resources.DEPLOYMENTS, "default", "web", "metadata: {finalizers: []}");
    assertThat(cluster).eventually().pods("app=web").isEmpty();
    assertThat(cluster).deployment("web").doesNotExist();
  }

  @Test
  void speaksOfJobsInOtherNamespaces() {
    cluster.create(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata: {name: bill, namespace: shop}
        spec:
          template:
            metadata: {annotations: {kuber.io/exit-code: "0"}}
            spec: {restartPolicy: Never, containers: [{name: main, image: some}]}
        """);
    assertThat(cluster).in("shop").eventually().job("bill").isComplete().hasSucceededPods(1);
    assertThat(cluster).namespace("shop").exists();
    assertThat(cluster).object("batch/v1", "Job", "bill").doesNotExist();
    assertThat(cluster).in("shop").object("batch/v1", "Job", "bill").exists();
  }

  @Test
  void knowsWhoOwnsAField() {
    cluster.create(WEB.formatted(1));
    assertThat(cluster)
        .deployment("web")
        .fieldOwnedBy("spec.replicas", "kubernetes-admin")
        .fieldOwnedBy("spec.template.spec.containers[name=web].image", "kubernetes-admin")
        .fieldOwnedBy("metadata.finalizers[0]", "kubernetes-admin");
    assertThat(
            message(
                () -> assertThat(cluster).deployment("web").fieldOwnedBy("spec.replicas", "hpa")))
        .startsWith(
            """

            Expecting deployment default/web
              to have its field spec.replicas owned by hpa
            but that is owned by [kubernetes-admin]
            """);
    assertThat(
            message(() -> assertThat(cluster).deployment("web").fieldOwnedBy("spec.paused", "hpa")))
        .contains("but nobody owns that field\n");
  }

  @Test
  void saysWhatIsThereInstead() {
    cluster.create(WEB.formatted(3));
    cluster.settle();
    String message = message(() -> assertThat(cluster).deployment("web").hasReadyReplicas(3));
    assertThat(message)
        .startsWith(
            """

            Expecting deployment default/web
              to have 3 ready replicas
            but it has 2
            status:
              observedGeneration""")
        .containsPattern("(?m)^  observedGeneration .*\\breadyReplicas 2\\b")
        .contains("  Available=False (MinimumReplicasUnavailable: ")
        .containsPattern("(?m)^  web-\\S+  Running on node-0, ready$")
        .containsPattern("(?m)^  web-\\S+  Pending: Unschedulable$")
        .contains("events:\n  Normal ScalingReplicaSet: Scaled up replica set web-")
        .contains("lately:\n")
        .containsPattern(
            "(?m)^ +\\+0\\.000s  created   deployment default/web by kubernetes-admin$")
        .containsPattern("(?m)^ .*s  changed   deployment default/web by \\S+: .*readyReplicas");
  }

  @Test
  void saysHowLongItHasWaited() {
    assertThat(
            message(
                () ->
                    assertThat(cluster)
                        .deployment("web")
                        .eventually(Duration.ofMinutes(2))
                        .hasReadyReplicas(1)))
        .isEqualTo(
            """

            Expecting deployment default/web
              to have 1 ready replica within 2 min
            but there is none
            """);
  }

  @Test
  void namesTheOthersWhenAnObjectIsMissing() {
    cluster.create(WEB.formatted(0).replace("name: web,", "name: wep,"));
    assertThat(message(() -> assertThat(cluster).deployment("web").exists()))
        .isEqualTo(
            """

            Expecting deployment default/web
              to exist
            but there is none
            there are:
              deployment default/wep
            """);
    assertThat(message(() -> assertThat(cluster).object("shop.io/v1", "Till", "one").exists()))
        .contains("but no kind Till of shop.io/v1 is served");
  }

  @Test
  void saysWhenSomethingWasThatShouldNeverHaveBeen() {
    cluster.create(WEB.formatted(1));
    cluster.settle();
    assertThat(
            message(
                () -> assertThat(cluster).deployment("web").neverHad("status.readyReplicas", 1)))
        .containsPattern("but it had, from revision \\d+ at 2026-01-01T00:0\\S+Z\n");
    assertThat(
            message(() -> assertThat(cluster).deployment("web").hasField("metadata.labels.app", 3)))
        .contains("to have metadata.labels.app 3\nbut it has metadata.labels.app \"web\"\n");
    assertThat(message(() -> assertThat(cluster).deployment("web").onceHad("spec.replicas", 9)))
        .contains("once to have had spec.replicas 9\nbut it never had\n");
    assertThat(message(() -> assertThat(cluster).neverReceived("create", "deployments.apps")))
        .contains("but it has received [create deployments.apps/default/web by kubernetes-admin");
  }

  @Test
  void keepsDescriptionsOfTheTest() {
    assertThat(message(() -> assertThat(cluster).pod("x").as("the till").isRunning()))
        .startsWith("[the till] ");
  }
}
