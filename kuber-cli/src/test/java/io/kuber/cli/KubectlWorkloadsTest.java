package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kubectl programs show of workloads and of nodes in maintenance, on simulated nodes. */
final class KubectlWorkloadsTest {
  private static final String TEMPLATE =
      """
        template:
          metadata: {labels: {app: %1$s}}
          spec: {containers: [{name: c, image: kuber.io/kuard:1}]}
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, annotations: {kubernetes.io/change-cause: first}}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
      """
          + TEMPLATE.formatted("web");

  private static final String DB =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        replicas: 2
        serviceName: db
        selector: {matchLabels: {app: db}}
      """
          + TEMPLATE.formatted("db");

  private static final String LOG =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: log}
      spec:
        selector: {matchLabels: {app: log}}
      """
          + TEMPLATE.formatted("log");

  private static final String NODES = "jsonpath={.items[*].spec.nodeName}";
  private static final String IMAGE = "jsonpath={.spec.template.spec.containers[0].image}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(3));

  private static void rolled(Kubectl kubectl, String workload) throws Exception {
    kubectl.does("rollout", "status", workload, "--timeout=60s");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void rollsDeploymentForthAndBack(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(WEB, "apply", "-f", "-");
    assertThat(kubectl.does("rollout", "status", "deploy/web", "--timeout=60s"))
        .endsWith("deployment \"web\" successfully rolled out\n");
    kubectl.does("set", "image", "deploy/web", "c=kuber.io/kuard:2");
    kubectl.does("annotate", "deploy/web", "--overwrite", "kubernetes.io/change-cause=second");
    rolled(kubectl, "deploy/web");
    kubectl.until(
        history -> history.contains("2         second"), "rollout", "history", "deploy/web");
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .contains("REVISION  CHANGE-CAUSE\n1         first\n2         second\n");
    assertThat(kubectl.does("rollout", "history", "deploy/web", "--revision=2"))
        .contains("deployment.apps/web with revision #2", "kuber.io/kuard:2");
    assertThat(kubectl.does("rollout", "undo", "deploy/web"))
        .isEqualTo("deployment.apps/web rolled back\n");
    rolled(kubectl, "deploy/web");
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .contains("2         second\n3         first\n")
        .doesNotContain("\n1 ");
    assertThat(kubectl.does("get", "deploy/web", "-o", IMAGE)).isEqualTo("kuber.io/kuard:1");
    assertThat(kubectl.does("describe", "deploy/web"))
        .contains("OldReplicaSets:", "NewReplicaSet:", "ScalingReplicaSet")
        .containsPattern("Progressing +True +NewReplicaSetAvailable")
        .containsPattern("3 desired \\| 3 updated \\| 3 total \\| 3 available \\| 0 unavailable");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void holdsDeploymentStillWhileItIsPaused(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(WEB, "apply", "-f", "-");
    rolled(kubectl, "deploy/web");
    kubectl.does("rollout", "pause", "deploy/web");
    kubectl.does("set", "image", "deploy/web", "c=kuber.io/kuard:2");
    kubectl.does("scale", "deploy/web", "--replicas=4");
    kubectl.until("4"::equals, "get", "deploy/web", "-o", "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("get", "rs", "-o", "name").lines()).hasSize(1);
    assertThat(kubectl.does("describe", "deploy/web"))
        .containsPattern("Progressing +Unknown +DeploymentPaused");
    kubectl.does("rollout", "resume", "deploy/web");
    rolled(kubectl, "deploy/web");
    assertThat(kubectl.does("get", "rs", "-o", "wide"))
        .contains("kuber.io/kuard:1", "kuber.io/kuard:2");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void saysWhenDeploymentMakesNoProgress(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String stuck =
        WEB.replace("replicas: 3", "replicas: 1\n  progressDeadlineSeconds: 1")
            .replace("spec: {containers", "spec: {nodeSelector: {disk: none}, containers");
    kubectl.doesWith(stuck, "apply", "-f", "-");
    assertThat(kubectl.failsWith("", "rollout", "status", "deploy/web", "--timeout=60s"))
        .contains("deployment \"web\" exceeded its progress deadline");
    assertThat(kubectl.does("describe", "deploy/web"))
        .containsPattern("Progressing +False +ProgressDeadlineExceeded");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void setsPodApartByItsLabel(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(WEB, "apply", "-f", "-");
    rolled(kubectl, "deploy/web");
    String pods = kubectl.does("get", "pods", "-l", "app=web", "-o", "name");
    String first = pods.lines().findFirst().orElseThrow();
    kubectl.does("label", first, "app=debug", "--overwrite");
    kubectl.until(
        names -> names.lines().count() == 3 && !names.contains(first),
        "get",
        "pods",
        "-l",
        "app=web",
        "-o",
        "name");
    kubectl.until(String::isEmpty, "get", first, "-o", "jsonpath={.metadata.ownerReferences}");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void rollsStatefulSetForthAndBack(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(DB, "apply", "-f", "-");
    rolled(kubectl, "sts/db");
    assertThat(kubectl.does("get", "pods", "-o", "name")).isEqualTo("pod/db-0\npod/db-1\n");
    assertThat(kubectl.does("get", "sts/db")).containsPattern("db +2/2");
    kubectl.does("set", "image", "sts/db", "c=kuber.io/kuard:2");
    assertThat(kubectl.does("rollout", "status", "sts/db", "--timeout=60s"))
        .contains("partitioned roll out complete: 2 new pods have been updated");
    assertThat(kubectl.does("rollout", "history", "sts/db")).contains("\n1  ", "\n2  ");
    kubectl.does("rollout", "undo", "sts/db");
    rolled(kubectl, "sts/db");
    assertThat(kubectl.does("get", "sts/db", "-o", IMAGE)).isEqualTo("kuber.io/kuard:1");
    assertThat(kubectl.does("rollout", "history", "sts/db")).contains("\n2  ", "\n3  ");
    kubectl.does("scale", "sts/db", "--replicas=1");
    kubectl.until("pod/db-0\n"::equals, "get", "pods", "-o", "name");
    assertThat(kubectl.does("describe", "sts/db"))
        .contains("create Pod db-1 in StatefulSet db successful")
        .contains("delete Pod db-1 in StatefulSet db successful");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsDaemonsOnNodesWithoutTaint(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("taint", "nodes", "node-2", "dedicated=yes:NoExecute");
    try {
      kubectl.doesWith(LOG, "apply", "-f", "-");
      rolled(kubectl, "ds/log");
      assertThat(kubectl.does("get", "ds/log")).containsPattern("log +2 +2 +2 +2 +2 +<none>");
    } finally {
      kubectl.does("taint", "nodes", "node-2", "dedicated-");
    }
    kubectl.until(nodes -> nodes.contains("node-2"), "get", "pods", "-l", "app=log", "-o", NODES);
    kubectl.does("set", "image", "ds/log", "c=kuber.io/kuard:2");
    assertThat(kubectl.does("rollout", "status", "ds/log", "--timeout=60s"))
        .endsWith("daemon set \"log\" successfully rolled out\n");
    assertThat(kubectl.does("rollout", "history", "ds/log")).contains("\n1  ", "\n2  ");
    kubectl.does("rollout", "undo", "ds/log", "--to-revision=1");
    rolled(kubectl, "ds/log");
    assertThat(kubectl.does("get", "ds/log", "-o", IMAGE)).isEqualTo("kuber.io/kuard:1");
    assertThat(kubectl.does("describe", "ds/log"))
        .contains("Desired Number of Nodes Scheduled: 3", "SuccessfulCreate");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void drainsNodeAsFarAsBudgetsAllow(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(WEB, "apply", "-f", "-");
    rolled(kubectl, "deploy/web");
    kubectl.does("create", "pdb", "web", "--selector=app=web", "--min-available=3");
    kubectl.until("3"::equals, "get", "pdb/web", "-o", "jsonpath={.status.currentHealthy}");
    String node = kubectl.does("get", "pods", "-o", "jsonpath={.items[0].spec.nodeName}");
    try {
      assertThat(kubectl.does("cordon", node)).isEqualTo("node/%s cordoned\n".formatted(node));
      assertThat(kubectl.does("get", "node", node)).contains("Ready,SchedulingDisabled");
      assertThat(kubectl.failsWith("", "drain", node, "--ignore-daemonsets", "--timeout=3s"))
          .contains("Cannot evict pod as it would violate the pod's disruption budget.");
      kubectl.does("delete", "pdb", "web");
      kubectl.does("create", "pdb", "web", "--selector=app=web", "--max-unavailable=1");
      assertThat(kubectl.does("drain", node, "--ignore-daemonsets", "--timeout=60s"))
          .contains("evicting pod " + kubectl.namespace() + "/web-")
          .endsWith("node/" + node + kubectl.wording(" evicted\n", " drained\n"));
      rolled(kubectl, "deploy/web");
      assertThat(kubectl.does("get", "pods", "-o", NODES)).doesNotContain(node);
    } finally {
      kubectl.does("uncordon", node);
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void namesWhatKeepsNodeFromBeingDrained(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(LOG, "apply", "-f", "-");
    rolled(kubectl, "ds/log");
    kubectl.does(
        "run",
        "lone",
        "--image=kuber.io/kuard:1",
        "--overrides={\"spec\":{\"nodeName\":\"node-1\"}}");
    kubectl.awaits("Ready", "pod/lone");
    try {
      assertThat(kubectl.failsWith("", "drain", "node-1", "--timeout=60s"))
          .contains("--ignore-daemonsets", "--force");
      kubectl.does("drain", "node-1", "--ignore-daemonsets", "--force", "--timeout=60s");
      assertThat(kubectl.does("get", "pods", "--field-selector=spec.nodeName=node-1"))
          .contains("log-")
          .doesNotContain("lone");
    } finally {
      kubectl.does("uncordon", "node-1");
    }
  }
}
