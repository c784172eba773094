package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' chapters on DaemonSets, typed into kubectl. */
final class KubectlDaemonsTest {
  private static final Workload LOG = Workload.of("DaemonSet", "log");
  private static final String UIDS = "jsonpath={.items[*].metadata.uid}";
  private static final String NODES = "jsonpath={.items[*].spec.nodeName}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(3));

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void updatesOnDeletionInTheVersionsOfThen(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String old = LOG.yaml("extensions/v1beta1").replace("kind: DaemonSet", "kind: \"DaemonSet\"");
    kubectl.doesWith(old, "apply", "-f", "-");
    kubectl.until("3"::equals, "get", "ds/log", "-o", "jsonpath={.status.numberReady}");
    assertThat(kubectl.does("describe", "daemonset", "log"))
        .containsPattern("Selector: +app=log\n")
        .containsPattern("Desired Number of Nodes Scheduled: 3\n")
        .containsPattern("Current Number of Nodes Scheduled: 3\n")
        .containsPattern("Number of Nodes Scheduled with Up-to-date Pods: 3\n")
        .containsPattern("Number of Nodes Misscheduled: 0\n")
        .containsPattern("Pods Status: +3 Running / 0 Waiting / 0 Succeeded / 0 Failed\n")
        .containsPattern("SuccessfulCreate .*daemonset-controller +Created pod: log-");
    List<String> before = List.of(kubectl.does("get", "pods", "-o", UIDS).split(" "));
    kubectl.does("set", "image", "ds/log", "c=kuber.io/kuard:2");
    kubectl.until("2"::equals, "get", "ds/log", "-o", "jsonpath={.status.observedGeneration}");
    assertThat(kubectl.does("get", "ds/log", "-o", "jsonpath={.status.updatedNumberScheduled}"))
        .isEmpty();
    assertThat(kubectl.does("get", "pods", "-o", UIDS).split(" ")).containsAll(before);
    String first = kubectl.does("get", "pods", "-o", "name").lines().findFirst().orElseThrow();
    kubectl.does("delete", first);
    kubectl.until("1"::equals, "get", "ds/log", "-o", "jsonpath={.status.updatedNumberScheduled}");
    assertThat(kubectl.failsWith("", "rollout", "status", "ds/log"))
        .contains("rollout status is only available for RollingUpdate strategy type");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void updatesOneNodeAfterTheOther(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    LOG.with("minReadySeconds: 1").runs(kubectl);
    String counts =
        "jsonpath={.status.numberUnavailable} {.status.updatedNumberScheduled}{\"\\n\"}";
    String change = "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}}}";
    try (Kubectl.Running watch = kubectl.begins("get", "ds/log", "-w", "-o", counts)) {
      watch.until(lines -> !lines.isEmpty());
      kubectl.does("patch", "ds/log", "-p", change);
      assertThat(kubectl.does("rollout", "status", "ds/log", "--timeout=60s"))
          .endsWith("daemon set \"log\" successfully rolled out\n");
      String seen = watch.until(lines -> lines.contains("1 2\n") && lines.endsWith(" 3\n"));
      assertThat(seen.lines()).allMatch(line -> line.matches("1? \\d?"));
    }
    assertThat(kubectl.does("get", "controllerrevisions", "-o", "name").lines()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void goesWithOrWithoutItsPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    LOG.runs(kubectl);
    String pods = kubectl.does("get", "pods", "-o", UIDS);
    kubectl.does("delete", "ds", "log", "--cascade=orphan");
    assertThat(kubectl.does("get", "pods", "-o", UIDS)).isEqualTo(pods);
    LOG.runs(kubectl);
    assertThat(kubectl.does("get", "pods", "-o", UIDS)).isEqualTo(pods);
    kubectl.does("delete", "ds", "log");
    kubectl.until(String::isEmpty, "get", "pods", "-o", "name");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsOnTheControlPlaneIfItTolerates(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String taint = "node-role.kubernetes.io/control-plane";
    kubectl.does("taint", "nodes", "node-0", taint + ":NoSchedule");
    try {
      LOG.ofPods("tolerations: [{key: %s, operator: Exists}]".formatted(taint)).runs(kubectl);
      Workload.of("DaemonSet", "other").runs(kubectl);
      Workload.of("Deployment", "web").with("replicas: 4").runs(kubectl);
      assertThat(kubectl.does("get", "pods", "-l", "app=log", "-o", NODES).split(" "))
          .containsExactlyInAnyOrder("node-0", "node-1", "node-2");
      assertThat(kubectl.does("get", "pods", "-l", "app in (other,web)", "-o", NODES))
          .doesNotContain("node-0");
      kubectl.does("cordon", "node-1");
      assertThat(kubectl.does("describe", "node", "node-1"))
          .contains("node.kubernetes.io/unschedulable:NoSchedule")
          .containsPattern("Unschedulable: +true\n");
      kubectl.does("delete", "pods", "-l", "app=log");
      kubectl.until("3"::equals, "get", "ds/log", "-o", "jsonpath={.status.numberReady}");
      assertThat(kubectl.does("get", "pods", "-l", "app=web", "-o", NODES)).contains("node-1");
    } finally {
      kubectl.does("uncordon", "node-1");
      kubectl.does("taint", "nodes", "node-0", taint + "-");
    }
    assertThat(kubectl.does("describe", "node", "node-1")).doesNotContain("unschedulable");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsWhereLabelsSay(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String ssd = "disk-of-" + kubectl.namespace() + "=ssd";
    assertThat(kubectl.does("label", "nodes", "node-1", ssd)).isEqualTo("node/node-1 labeled\n");
    assertThat(kubectl.does("get", "nodes", "--selector", ssd, "-o", "name"))
        .isEqualTo("node/node-1\n");
    String selector = "nodeSelector: {%s}".formatted(ssd.replace("=", ": "));
    LOG.ofPods(selector).runs(kubectl);
    kubectl.doesWith(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: fast}
        spec:
          %s
          containers: [{name: c, image: kuber.io/kuard:1}]
        """
            .formatted(selector),
        "apply",
        "-f",
        "-");
    kubectl.awaits("Ready", "pod/fast");
    kubectl.does("label", "nodes", "node-2", ssd);
    kubectl.until(
        nodes -> nodes.contains("node-1") && nodes.contains("node-2"),
        "get",
        "pods",
        "-l",
        "app=log",
        "-o",
        NODES);
    assertThat(kubectl.does("get", "pod", "fast", "-o", "wide")).contains("node-1");
    assertThat(kubectl.does("get", "pods", "-o", "wide")).contains(" NODE ");
  }
}
