package io.kuber.controller.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.kuber.controller.ControlPlane;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import io.kuber.reconcile.history.History;
import io.kuber.reconcile.history.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DaemonSetPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private final FailedPods failed = new FailedPods();

  private static KubeObject set(String podSpec, String strategy) {
    return ControlPlane.yaml(
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: log
          namespace: default
          uid: u
          generation: 1
          annotations: {deprecated.daemonset.template.generation: '2'}
        spec:
          selector: {matchLabels: {app: log}}
          updateStrategy: %s
          template: {metadata: {labels: {app: log}}, spec: {containers: [{name: c}], %s}}
        """
            .formatted(strategy, podSpec));
  }

  private static KubeObject node(String name, String more) {
    return ControlPlane.yaml(
        "{kind: Node, metadata: {name: %s, labels: {disk: ssd}}, spec: {%s}}"
            .formatted(name, more));
  }

  private static History history(KubeObject set) {
    return History.of(set, Revision.OF_POD, List.of(), name -> Optional.empty());
  }

  /**
   * A pod such as {@code a.nr}: for node a, n(ew) or o(ld), r(eady), u(nready), f(ailed), g(oing),
   * w(aiting).
   */
  private static KubeObject pod(KubeObject set, String text, int number) {
    String node = text.substring(0, text.indexOf('.'));
    char age = text.charAt(text.length() - 2);
    char state = text.charAt(text.length() - 1);
    KubeObject pod =
        DaemonPod.create(set, DaemonPod.spec(set), history(set).present(), node)
            .with(text, "metadata", "name")
            .with("uid" + number, "metadata", "uid")
            .with("2026-01-01T00:00:0%dZ".formatted(number), "metadata", "creationTimestamp");
    if (age == 'o') {
      pod =
          pod.with("before", "metadata", "labels", Revision.OF_POD)
              .with("1", "metadata", "labels", "pod-template-generation");
    }
    if (state == 'w') {
      return pod;
    }
    if (state == 'g') {
      pod = pod.with("2026-01-01T00:59:00Z", "metadata", "deletionTimestamp");
    }
    return pod.with(node, "spec", "nodeName")
        .with(
            ControlPlane.yaml(
                    """
                    phase: %s
                    conditions:
                    - {type: Ready, status: '%s', lastTransitionTime: '2026-01-01T00:30:00Z'}
                    """
                        .formatted(
                            state == 'f' ? "Failed" : "Running", state == 'r' ? "True" : "False"))
                .tree(),
            "status");
  }

  private Plan plan(KubeObject set, String pods, KubeObject... nodes) {
    List<KubeObject> there = new ArrayList<>();
    for (String text : Splitter.on(' ').omitEmptyStrings().split(pods)) {
      there.add(pod(set, text, there.size()));
    }
    return new DaemonSetPlanner(set, there, List.of(nodes), history(set), failed, NOW).plan();
  }

  /** What a plan does to pods: + and the node, - and the pod. */
  private static String told(Plan plan) {
    TreeSet<String> told = new TreeSet<>();
    for (Action action : plan.actions()) {
      Action bare = action instanceof Action.Announced announced ? announced.action() : action;
      if (bare instanceof Action.Create create && create.object().kind().equals("Pod")) {
        told.add("+" + DaemonPod.nodeOf(create.object()));
      } else if (bare instanceof Action.Delete delete) {
        told.add("-" + delete.name());
      }
    }
    return String.join(" ", told);
  }

  @ParameterizedTest(name = "{0} on a node with {1}: {2}")
  @CsvSource({
    "'', '', +a",
    "'nodeSelector: {disk: ssd}', '', +a",
    "'nodeSelector: {disk: hdd}', '', ''",
    "'nodeName: b', '', ''",
    "'', 'taints: [{key: k, effect: NoSchedule}]', ''",
    "'', 'taints: [{key: k, effect: PreferNoSchedule}]', +a",
    "'tolerations: [{key: k, operator: Exists}]', 'taints: [{key: k, effect: NoSchedule}]', +a",
    "'', 'taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}]', +a",
    "'', 'taints: [{key: node.kubernetes.io/not-ready, effect: NoExecute}]', +a",
    "'', 'taints: [{key: node.kubernetes.io/memory-pressure, effect: NoSchedule}]', +a",
    "'', 'taints: [{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}]', ''",
    "'hostNetwork: true', 'taints: [{key: node.kubernetes.io/network-unavailable, effect: NoSchedule}]', +a",
  })
  void choosesNodes(String podSpec, String node, String done) {
    assertThat(told(plan(set(podSpec, "{type: OnDelete}"), "", node("a", node)))).isEqualTo(done);
  }

  @ParameterizedTest(name = "pods {0} on a node with {1}: {2}")
  @CsvSource({
    "a.nr, '', ''",
    "a.ng, '', ''",
    "a.nr, 'taints: [{key: k, effect: NoSchedule}]', ''",
    "a.nr, 'taints: [{key: k, effect: NoExecute}]', -a.nr",
    "a.nr a.nu, '', -a.nu",
    "a.nf, '', -a.nf",
    "b.nw, '', +a -b.nw",
  })
  void keepsOnePodOnNode(String pods, String node, String done) {
    assertThat(told(plan(set("", "{type: OnDelete}"), pods, node("a", node)))).isEqualTo(done);
  }

  @ParameterizedTest(name = "{0}, pods {1}: {2}")
  @CsvSource({
    "{type: OnDelete}, a.or b.or c.or, ''",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}', a.or b.or c.or, -a.or",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}', a.nu b.or c.or, ''",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}', a.nr b.or c.or, -b.or",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}', a.ng b.or c.or, ''",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}', a.or b.ou c.or, -b.ou",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 2}}', a.or b.or c.or, -a.or -b.or",
    "'{type: RollingUpdate, rollingUpdate: {maxUnavailable: 34%}}', a.or b.or c.or, -a.or -b.or",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}', a.or b.or c.or, +a",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}', a.or a.nu b.or c.or, ''",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}', a.or a.nr b.or c.or, -a.or",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}', a.nr b.or c.or, +b",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}', a.ou a.nu b.or c.or, -a.ou",
    "'{type: RollingUpdate, rollingUpdate: {maxSurge: 2, maxUnavailable: 0}}', a.or b.or c.or, +a +b",
  })
  void updates(String strategy, String pods, String done) {
    Plan plan = plan(set("", strategy), pods, node("a", ""), node("b", ""), node("c", ""));
    assertThat(told(plan)).isEqualTo(done);
  }

  @Test
  void leavesFailedPodsLongerEachTime() {
    KubeObject set = set("", "{type: OnDelete}");
    assertThat(told(plan(set, "a.nf", node("a", "")))).isEqualTo("-a.nf");
    Plan again = plan(set, "a.nf", node("a", ""));
    assertThat(told(again)).isEmpty();
    assertThat(again.again()).contains(Duration.ofSeconds(1));
  }

  @Test
  void bindsItsPodsByTheNameOfTheNode() {
    KubeObject set = set("", "{type: OnDelete}");
    KubeObject pod = DaemonPod.create(set, DaemonPod.spec(set), history(set).present(), "a");
    assertThat(pod.spec().has("nodeName")).isFalse();
    assertThat(
            pod.spec()
                .tree("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"))
        .isEqualTo(
            ControlPlane.yaml(
                    "nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [a]}]}]")
                .tree());
    assertThat(pod.labels())
        .containsEntry("controller-revision-hash", history(set).present().hash())
        .containsEntry("pod-template-generation", "2");
    Items tolerations = pod.spec().items("tolerations");
    assertThat(tolerations.trees())
        .extracting(toleration -> toleration.text("key"))
        .containsExactly(
            "node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable",
            "node.kubernetes.io/disk-pressure",
            "node.kubernetes.io/memory-pressure",
            "node.kubernetes.io/pid-pressure",
            "node.kubernetes.io/unschedulable");
  }

  @Test
  void countsNodesInItsStatus() {
    Plan plan =
        plan(
            set("", "{type: OnDelete}"),
            "a.nr b.ou d.nr",
            node("a", ""),
            node("b", ""),
            node("c", ""),
            node("d", "taints: [{key: k, effect: NoExecute}]"));
    Tree status =
        plan.actions().stream()
            .filter(Action.UpdateSubresource.class::isInstance)
            .map(action -> ((Action.UpdateSubresource) action).object().status())
            .findFirst()
            .orElseThrow();
    assertThat(status)
        .isEqualTo(
            ControlPlane.yaml(
                    """
                    currentNumberScheduled: 2
                    numberMisscheduled: 1
                    desiredNumberScheduled: 3
                    numberReady: 1
                    observedGeneration: 1
                    updatedNumberScheduled: 1
                    numberAvailable: 1
                    numberUnavailable: 2
                    """)
                .tree());
  }
}
