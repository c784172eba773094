package io.kuber.scheduler.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.resource.Resources;
import io.kuber.scheduler.state.Lab;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeRulesTest {
  private final Lab lab = new Lab();

  private static String mounting(String claim) {
    return "{volumes: [{name: v, persistentVolumeClaim: {claimName: %s}}]}".formatted(claim);
  }

  private void claim(String name, String metadata, String spec, String status) {
    lab.object(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        """
        metadata: {name: %s, namespace: default, uid: u-%s%s}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}%s}
        status: %s
        """
            .formatted(name, name, metadata, spec, status));
  }

  private void volume(String name, String labels, String spec) {
    lab.object(
        Resources.PERSISTENT_VOLUMES,
        """
        metadata: {name: %s, labels: %s}
        spec: {accessModes: [ReadWriteOnce], capacity: {storage: 2Gi}%s}
        """
            .formatted(name, labels, spec));
  }

  private String says(Filter filter, PodEntry pod, NodeState node) {
    Veto veto = filter.prepare(pod, lab.cluster).veto(node);
    return veto == null ? "yes" : String.join("; ", veto.reasons());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | '' | {phase: Lost} | persistentvolumeclaim "c" bound to non-existent persistentvolume ""
          ', deletionTimestamp: x' | '' | {} | persistentvolumeclaim "c" is being deleted
          '' | '' | {} | pod has unbound immediate PersistentVolumeClaims
          '' | ', storageClassName: now' | {} | pod has unbound immediate PersistentVolumeClaims
          '' | ', storageClassName: later' | {} | node(s) didn't find available persistent volumes to bind
          '' | ', volumeName: none' | {phase: Bound} | node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)
          '' | ', volumeName: far' | {phase: Bound} | node(s) didn't match PersistentVolume's node affinity
          '' | ', volumeName: here' | {phase: Bound} | yes
          """)
  void saysWhatKeepsPodFromItsVolume(String metadata, String spec, String status, String expected) {
    lab.object(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: later}, volumeBindingMode: WaitForFirstConsumer,"
            + " provisioner: kubernetes.io/no-provisioner}");
    lab.object(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: now}, volumeBindingMode: Immediate, provisioner: x}");
    volume("here", "{}", "");
    volume(
        "far",
        "{}",
        ", nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions:"
            + " [{key: zone, operator: In, values: [b]}]}]}}");
    claim("c", metadata, spec, status);
    NodeState node = lab.node("a", "{zone: a}", "{}");
    assertThat(says(new VolumeBinding(), lab.pod("p", "{}", mounting("c")), node))
        .isEqualTo(expected);
  }

  @Test
  void choosesTheSmallestVolumeThatFitsAndNoneTwice() {
    lab.object(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: later}, volumeBindingMode: WaitForFirstConsumer,"
            + " provisioner: kubernetes.io/no-provisioner}");
    volume("v2", "{}", ", storageClassName: later");
    lab.object(
        Resources.PERSISTENT_VOLUMES,
        """
        metadata: {name: v9}
        spec: {accessModes: [ReadWriteOnce], capacity: {storage: 9Gi}, storageClassName: later}
        """);
    claim("c", "", ", storageClassName: later", "{}");
    claim("d", "", ", storageClassName: later", "{}");
    NodeState node = lab.node("a");
    PodEntry pod =
        lab.pod(
            "p",
            "{}",
            "{volumes: [{name: v, persistentVolumeClaim: {claimName: c}},"
                + " {name: w, persistentVolumeClaim: {claimName: d}}]}");
    assertThat(VolumeBinding.plan(pod, node, lab.cluster).volumes().values())
        .containsExactlyInAnyOrder("v2", "v9");
    lab.cluster.assumptions().promise(Resources.PERSISTENT_VOLUME_CLAIMS.key("x", "y"), "v2");
    assertThat(says(new VolumeBinding(), pod, node)).isEqualTo(VolumeBinding.NO_VOLUME);
  }

  @Test
  void keepsPodInZoneOfItsVolume() {
    volume("v", "{topology.kubernetes.io/zone: a__b}", "");
    claim("c", "", ", volumeName: v", "{phase: Bound}");
    PodEntry pod = lab.pod("p", "{}", mounting("c"));
    VolumeZone rule = new VolumeZone();
    assertThat(says(rule, pod, lab.node("b", "{topology.kubernetes.io/zone: b}", "{}")))
        .isEqualTo("yes");
    assertThat(says(rule, pod, lab.node("c", "{topology.kubernetes.io/zone: c}", "{}")))
        .isEqualTo("node(s) had no available volume zone");
    assertThat(says(rule, pod, lab.node("d"))).isEqualTo("yes");
  }

  @Test
  void attachesNoMoreVolumesThanTheDriverCan() {
    lab.object(
        Resources.CSI_NODES,
        """
        metadata: {name: a}
        spec: {drivers: [{name: csi, nodeID: a, allocatable: {count: 1}}]}
        """);
    lab.cluster.volumeLimits().put("a", lab.cluster.image().get(Resources.CSI_NODES.key("", "a")));
    for (String name : new String[] {"v", "w"}) {
      volume(name, "{}", ", csi: {driver: csi, volumeHandle: %s}".formatted(name));
      claim("c-" + name, "", ", volumeName: " + name, "{phase: Bound}");
    }
    NodeState node = lab.node("a");
    PodEntry other = lab.pod("q", "{}", mounting("c-w"));
    assertThat(says(new NodeVolumeLimits(), other, node)).isEqualTo("yes");
    lab.placed("a", "p", "{}", mounting("c-v"));
    assertThat(says(new NodeVolumeLimits(), other, node))
        .isEqualTo("node(s) exceed max volume count");
    assertThat(says(new NodeVolumeLimits(), lab.pod("r", "{}", mounting("c-v")), node))
        .isEqualTo("yes");
  }

  @Test
  void givesClaimOfOnePodToOnePod() {
    lab.object(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        """
        metadata: {name: c, namespace: default}
        spec: {accessModes: [ReadWriteOncePod]}
        """);
    NodeState node = lab.node("a");
    PodEntry pod = lab.pod("p", "{}", mounting("c"));
    assertThat(says(new VolumeRestrictions(), pod, node)).isEqualTo("yes");
    lab.placed("a", "q", "{}", mounting("c"));
    assertThat(says(new VolumeRestrictions(), pod, node))
        .isEqualTo(
            "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
                + " access mode");
  }

  @Test
  void sharesNoDiskThatSomebodyWrites() {
    String writes = "{volumes: [{name: v, gcePersistentDisk: {pdName: d}}]}";
    String reads = "{volumes: [{name: v, gcePersistentDisk: {pdName: d, readOnly: true}}]}";
    NodeState node = lab.node("a");
    lab.placed("a", "q", "{}", reads);
    assertThat(says(new VolumeRestrictions(), lab.pod("r", "{}", reads), node)).isEqualTo("yes");
    assertThat(says(new VolumeRestrictions(), lab.pod("w", "{}", writes), node))
        .isEqualTo("node(s) had no available disk");
  }
}
