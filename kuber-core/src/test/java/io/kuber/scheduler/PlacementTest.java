package io.kuber.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.loop.SimulatedLoops;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.PodEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlacementTest {
  private final Lab lab = new Lab();
  private final Placement placement =
      new Placement(
          DefaultProfile.profile(), lab.cluster, new SimulatedLoops(1, Instant.EPOCH).entropy());

  private String decide(PodEntry pod) {
    Placement.Decision decision = placement.decide(pod);
    return decision instanceof Placement.Decision.Place place
        ? place.node().name()
        : ((Placement.Decision.Nowhere) decision).diagnosis().message();
  }

  private String decide(String spec) {
    return decide(lab.pod("new", "{app: web, version: v1}", spec));
  }

  private static String asking(String amounts) {
    return "{containers: [{name: c, resources: {requests: " + amounts + "}}]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | {} | one
          {containers: [{resources: {requests: {cpu: 3}}}]} | {} | 1 Insufficient cpu
          {containers: [{resources: {requests: {cpu: 3, memory: 8Gi}}}]} | {} | 1 Insufficient cpu, 1 Insufficient memory
          {containers: [{resources: {requests: {example.com/gpu: 2}}}]} | {} | 1 Insufficient example.com/gpu
          {containers: [{resources: {requests: {cpu: 1}}}], initContainers: [{resources: {requests: {cpu: 3}}}]} | {} | 1 Insufficient cpu
          {containers: [{resources: {requests: {cpu: 1500m}}}], initContainers: [{restartPolicy: Always, resources: {requests: {cpu: 1}}}]} | {} | 1 Insufficient cpu
          {containers: [{resources: {requests: {cpu: 1500m}}}], initContainers: [{resources: {requests: {cpu: 2}}}]} | {} | one
          {containers: [{resources: {requests: {cpu: 1500m}}}], overhead: {cpu: 1}} | {} | 1 Insufficient cpu
          {containers: [{resources: {requests: {cpu: 1}}}], resources: {requests: {cpu: 3}}} | {} | 1 Insufficient cpu
          {} | {unschedulable: true} | 1 node(s) were unschedulable
          {tolerations: [{key: node.kubernetes.io/unschedulable, operator: Exists}]} | {unschedulable: true} | one
          {} | {taints: [{key: k, value: v, effect: NoSchedule}]} | 1 node(s) had untolerated taint(s)
          {} | {taints: [{key: k, value: v, effect: PreferNoSchedule}]} | one
          {tolerations: [{key: k, operator: Exists}]} | {taints: [{key: k, value: v, effect: NoSchedule}]} | one
          {tolerations: [{key: k, operator: Equal, value: w}]} | {taints: [{key: k, value: v, effect: NoExecute}]} | 1 node(s) had untolerated taint(s)
          {nodeSelector: {disk: hdd}} | {} | 1 node(s) didn't match Pod's node affinity/selector
          {nodeSelector: {disk: ssd}} | {} | one
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: cores, operator: Gt, values: ['7']}]}]}}}} | {} | one
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: cores, operator: Lt, values: ['8']}]}]}}}} | {} | 1 node(s) didn't match Pod's node affinity/selector
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}, {matchExpressions: [{key: cores, operator: Exists}]}]}}}} | {} | one
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}]}}}} | {} | 1 node(s) didn't match Pod's node affinity/selector
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [one]}]}]}}}} | {} | one
          {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [two]}]}]}}}} | {} | 1 node(s) didn't satisfy plugin(s) [NodeAffinity]
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}} | {} | 1 node(s) didn't match pod affinity rules
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}]}}} | {} | one
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: rack, labelSelector: {matchLabels: {app: web}}}]}}} | {} | 1 node(s) didn't match pod affinity rules
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]} | {} | 1 node(s) didn't match pod topology spread constraints (missing required label)
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}]} | {} | one
          {volumes: [{name: v, persistentVolumeClaim: {claimName: none}}]} | {} | persistentvolumeclaim "none" not found
          """)
  void saysWhereThePodGoesOrWhyNowhere(String pod, String node, String expected) {
    lab.node("one", "{disk: ssd, cores: '8', zone: a}", node);
    assertThat(decide(pod))
        .isEqualTo(expected.equals("one") ? "one" : "0/1 nodes are available: " + expected + ".");
  }

  /**
   * Two nodes in zones a and b, one pod of another application on a. Each rule of the new pod, or
   * of the one that is there, and where the new pod goes.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}} | {} | a
          {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}]}}} | {} | b
          {} | {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}]}}} | b
          {affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}}]}}} | {} | a
          {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}}]}}} | {} | b
          {} | {affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: web}}}}]}}} | a
          {} | {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}]}}} | a
          {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, namespaceSelector: {}, labelSelector: {matchLabels: {app: db}}}]}}} | {} | b
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, namespaces: [other], labelSelector: {matchLabels: {app: db}}}]}}} | {} | 2 node(s) didn't match pod affinity rules
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, namespaceSelector: {matchLabels: {team: x}}, labelSelector: {matchLabels: {app: db}}}]}}} | {} | a
          {affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, matchLabelKeys: [version], labelSelector: {matchLabels: {app: db}}}]}}} | {} | b
          {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, mismatchLabelKeys: [version], labelSelector: {matchLabels: {app: db}}}]}}} | {} | 2 node(s) didn't match pod affinity rules
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {version: v1}}}]} | {} | b
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {version: v1}}}]} | {} | b
          {topologySpreadConstraints: [{maxSkew: 1, minDomains: 3, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {version: v1}}}]} | {} | b
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [app], labelSelector: {matchLabels: {version: v1}}}], nodeSelector: {zone: a}} | {} | a
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {version: v1}}}], nodeSelector: {zone: a}} | {} | a
          {topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, nodeAffinityPolicy: Ignore, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {version: v1}}}], nodeSelector: {zone: a}} | {} | 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) didn't match pod topology spread constraints
          """)
  void looksAtThePodsThatAreThere(String pod, String there, String expected) {
    lab.cluster.putNamespace("default", Lab.yaml("{team: x}"));
    lab.node("a", "{zone: a}", "{}");
    lab.node("b", "{zone: b}", "{}");
    lab.placed("a", "there", "{app: db, version: v1}", there);
    assertThat(decide(pod))
        .isEqualTo(
            expected.length() == 1 ? expected : "0/2 nodes are available: " + expected + ".");
  }

  @Test
  void countsOnlyNodesWhoseTaintsAreToleratedWhenAsked() {
    String rule =
        "{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, nodeTaintsPolicy: %s,"
            + " whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]}";
    lab.node("a", "{zone: a}", "{}");
    lab.node("b", "{zone: b}", "{taints: [{key: k, value: v, effect: NoSchedule}]}");
    lab.placed("a", "there", "{app: web}", "{}");
    assertThat(decide(rule.formatted("Honor"))).isEqualTo("a");
    assertThat(decide(rule.formatted("Ignore")))
        .isEqualTo(
            "0/2 nodes are available: 1 node(s) didn't match pod topology spread constraints,"
                + " 1 node(s) had untolerated taint(s).");
  }

  @Test
  void spreadsPodsOfOneServiceByDefault() {
    lab.object(
        Resources.SERVICES,
        "{metadata: {name: web, namespace: default}, spec: {selector: {app: web}}}");
    lab.node("a");
    lab.node("b");
    lab.placed("a", "there", "{app: web}", "{}");
    assertThat(decide("{}")).isEqualTo("b");
  }

  @Test
  void countsReasonsOverAllNodes() {
    lab.node("a");
    lab.node("b", "{}", "{unschedulable: true}");
    lab.node("c", "{}", "{unschedulable: true}");
    assertThat(decide(asking("{cpu: 3}")))
        .isEqualTo("0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.");
  }

  @Test
  void saysThatThereAreNoNodes() {
    assertThat(decide("{}")).isEqualTo("no nodes available to schedule pods");
  }

  @Test
  void prefersTheEmptierNode() {
    lab.node("full");
    lab.node("empty");
    lab.placed("full", "x", "{}", asking("{cpu: 1, memory: 2Gi}"));
    assertThat(decide(asking("{cpu: 100m}"))).isEqualTo("empty");
  }

  @Test
  void givesPortOfNodeOnce() {
    String web = "{containers: [{ports: [{containerPort: 80, hostPort: 80}]}]}";
    lab.node("one");
    lab.placed("one", "x", "{}", web);
    assertThat(decide(web)).contains("node(s) didn't have free ports for the requested pod ports");
  }

  @Test
  void givesBackWhatPodLeaves() {
    lab.node("one");
    lab.placed("one", "x", "{}", asking("{cpu: 2}"));
    assertThat(decide(asking("{cpu: 1}"))).contains("Insufficient cpu");
    lab.cluster.removePod(Lab.key("x"));
    assertThat(decide(asking("{cpu: 1}"))).isEqualTo("one");
  }

  @Test
  void asksNodeAnewWhenItsLabelsChange() {
    lab.node("one");
    String wants = "{nodeSelector: {disk: ssd}}";
    assertThat(decide(wants)).contains("node affinity/selector");
    lab.node("one", "{disk: ssd}", "{}");
    assertThat(decide(wants)).isEqualTo("one");
  }

  @Test
  void keepsRoomForMoreImportantPodThatWaitsForTheNode() {
    lab.node("one");
    PodEntry first =
        lab.pod("first", "{}", "{priority: 9, containers: [{resources: {requests: {cpu: 2}}}]}");
    lab.cluster.nominations().nominate(first, "one");
    assertThat(decide(asking("{cpu: 1}"))).contains("Insufficient cpu");
    assertThat(decide(first)).isEqualTo("one");
  }

  @Test
  void prefersNodeThatHasTheImage() {
    KubeObject plain = lab.node("a").node();
    KubeObject having =
        plain
            .with(Lab.yaml("{name: b, labels: {kubernetes.io/hostname: b}}"), "metadata")
            .with(
                Lab.yaml("x: [{names: ['big:1'], sizeBytes: 900000000}]").items("x"),
                "status",
                "images");
    lab.cluster.putNode(having);
    assertThat(decide("{containers: [{image: 'big:1'}]}")).isEqualTo("b");
  }
}
