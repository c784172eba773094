package io.kuber.controller.persistentvolume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.controller.storageprotection.VolumeProtectionController;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims and volumes that find each other. */
final class BinderControllerTest {
  private static final String VOLUME =
      "{metadata: {name: %s, labels: {disk: %1$s}}, spec: {accessModes: [ReadWriteOnce,"
          + " ReadOnlyMany], capacity: {storage: %s}, hostPath: {path: /tmp}, %s}}";

  private static final String CLAIM =
      "{metadata: {name: %s}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage:"
          + " 4Gi}}, %s}}";

  private final ControlPlane cluster =
      new ControlPlane(
          new BinderController(),
          new ClaimProtectionController(),
          new VolumeProtectionController());

  private void volume(String name, String size, String further) {
    cluster.create(Resources.PERSISTENT_VOLUMES, VOLUME.formatted(name, size, further));
  }

  private KubeObject claim(String name, String further) {
    return cluster.create(Resources.PERSISTENT_VOLUME_CLAIMS, CLAIM.formatted(name, further));
  }

  private KubeObject claim(String name) {
    return cluster.get(Resources.PERSISTENT_VOLUME_CLAIMS, name).orElseThrow();
  }

  private KubeObject volume(String name) {
    return cluster.get(Resources.PERSISTENT_VOLUMES, name).orElseThrow();
  }

  private static String phase(KubeObject object) {
    return object.status().text("phase");
  }

  private String volumeOf(String claim) {
    return claim(claim).spec().text("volumeName");
  }

  private List<String> events(String name) {
    return cluster.list(Resources.EVENTS).stream()
        .filter(event -> event.tree().text("involvedObject", "name").equals(name))
        .map(event -> event.tree().text("reason") + ": " + event.tree().text("message"))
        .collect(Collectors.toList());
  }

  @Test
  void takesTheSmallestThatIsLargeEnough() {
    volume("small", "1Gi", "");
    volume("large", "10Gi", "");
    volume("medium", "5Gi", "");
    assertThat(phase(volume("medium"))).isEqualTo("Available");
    claim("c", "");
    assertThat(volumeOf("c")).isEqualTo("medium");
    assertThat(phase(claim("c"))).isEqualTo("Bound");
    assertThat(claim("c").status().text("capacity", "storage")).isEqualTo("5Gi");
    assertThat(claim("c").status().items("accessModes").size()).isEqualTo(2);
    assertThat(claim("c").annotations())
        .containsEntry("pv.kubernetes.io/bind-completed", "yes")
        .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
    assertThat(phase(volume("medium"))).isEqualTo("Bound");
    assertThat(volume("medium").spec().text("claimRef", "uid")).isEqualTo(claim("c").uid());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                          | ''",
        "'selector: {matchLabels: {disk: other}}'    | ''",
        "'selector: {matchLabels: {disk: only}}'     | only",
        "'accessModes: [ReadWriteMany]'              | ''",
        "'storageClassName: slow'                    | ''",
        "'volumeMode: Block'                         | ''",
        "'volumeName: only'                          | only",
        "'volumeName: none'                          | none",
      })
  void takesNoVolumeThatIsNotAsItWants(String wish, String expected) {
    volume("only", wish.isEmpty() ? "3Gi" : "8Gi", "");
    String claim = CLAIM.replace("accessModes: [ReadWriteOnce],", "").formatted("c", wish);
    String whole =
        wish.contains("accessModes")
            ? claim
            : claim.replace("spec: {", "spec: {accessModes: [ReadWriteOnce],");
    cluster.create(Resources.PERSISTENT_VOLUME_CLAIMS, whole);
    assertThat(volumeOf("c")).isEqualTo(expected);
    assertThat(phase(claim("c"))).isEqualTo(expected.equals("only") ? "Bound" : "Pending");
  }

  @Test
  void waitsForVolumeAndSaysSo() {
    claim("c", "");
    assertThat(phase(claim("c"))).isEqualTo("Pending");
    assertThat(events("c"))
        .contains(
            "FailedBinding: no persistent volumes available for this claim and no storage class is"
                + " set");
    volume("later", "4Gi", "");
    assertThat(volumeOf("c")).isEqualTo("later");
  }

  @Test
  void givesOneVolumeToOneClaim() {
    claim("a", "");
    claim("b", "");
    volume("v", "4Gi", "");
    assertThat(List.of(volumeOf("a"), volumeOf("b"))).containsExactlyInAnyOrder("v", "");
    volume("w", "4Gi", "");
    assertThat(List.of(volumeOf("a"), volumeOf("b"))).containsExactlyInAnyOrder("v", "w");
  }

  @Test
  void keepsVolumeForTheClaimThatItNames() {
    volume("kept", "8Gi", "claimRef: {namespace: default, name: mine}");
    volume("free", "8Gi", "");
    claim("other", "");
    assertThat(volumeOf("other")).isEqualTo("free");
    claim("mine", "");
    assertThat(volumeOf("mine")).isEqualTo("kept");
    claim("late", "volumeName: kept");
    assertThat(phase(claim("late"))).isEqualTo("Pending");
    assertThat(events("late"))
        .contains("FailedBinding: volume \"kept\" already bound to a different claim.");
  }

  @Test
  void leavesTheChoiceToTheSchedulerWhereTheClassWaits() {
    cluster.create(
        Resources.STORAGE_CLASSES,
        "{metadata: {name: local}, provisioner: kubernetes.io/no-provisioner, volumeBindingMode:"
            + " WaitForFirstConsumer}");
    volume("v", "4Gi", "storageClassName: local");
    KubeObject waiting = claim("c", "storageClassName: local");
    assertThat(volumeOf("c")).isEmpty();
    assertThat(events("c"))
        .contains("WaitForFirstConsumer: waiting for first consumer to be created before binding");
    cluster.update(
        Resources.PERSISTENT_VOLUMES,
        volume("v")
            .with(
                ControlPlane.yaml(
                        "{apiVersion: v1, kind: PersistentVolumeClaim, namespace: default, name: c,"
                            + " uid: "
                            + waiting.uid()
                            + "}")
                    .tree(),
                "spec",
                "claimRef"));
    assertThat(volumeOf("c")).isEqualTo("v");
    assertThat(phase(claim("c"))).isEqualTo("Bound");
  }

  @ParameterizedTest
  @CsvSource({
    "Retain, Released, ''",
    "Delete, Failed, VolumeFailedDelete",
    "Recycle, Failed, VolumeFailedRecycle"
  })
  void tellsThatTheClaimIsGone(String policy, String phase, String event) {
    volume("v", "4Gi", "persistentVolumeReclaimPolicy: " + policy);
    claim("c", "");
    cluster.delete(Resources.PERSISTENT_VOLUME_CLAIMS, claim("c"), "Background");
    assertThat(phase(volume("v"))).isEqualTo(phase);
    assertThat(events("v"))
        .allMatch(said -> said.startsWith(event))
        .hasSize(event.isEmpty() ? 0 : 1);
    claim("next", "");
    assertThat(volumeOf("next")).isEmpty();
    cluster.update(Resources.PERSISTENT_VOLUMES, volume("v").without("spec", "claimRef"));
    assertThat(volumeOf("next")).isEqualTo("v");
  }

  @Test
  void tellsThatTheVolumeIsLost() {
    volume("v", "4Gi", "");
    claim("c", "");
    cluster.delete(Resources.PERSISTENT_VOLUMES, volume("v"), "Background");
    assertThat(phase(claim("c"))).isEqualTo("Bound");
    cluster.update(Resources.PERSISTENT_VOLUMES, volume("v").without("metadata", "finalizers"));
    assertThat(phase(claim("c"))).isEqualTo("Lost");
    assertThat(events("c"))
        .contains(
            "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!");
  }

  @Test
  void letsVolumeThatIsBeingDeletedGoWithItsClaim() {
    volume("v", "4Gi", "");
    claim("c", "");
    cluster.delete(Resources.PERSISTENT_VOLUMES, volume("v"), "Background");
    assertThat(volume("v").finalizers()).containsExactly("kubernetes.io/pv-protection");
    cluster.delete(Resources.PERSISTENT_VOLUME_CLAIMS, claim("c"), "Background");
    assertThat(cluster.list(Resources.PERSISTENT_VOLUMES)).isEmpty();
  }

  @Test
  void keepsClaimForAsLongAsAPodMountsIt() {
    claim("c", "");
    String pod =
        "{metadata: {name: %s}, spec: {%s containers: [{name: a, image: i}], volumes: [{name: v,"
            + " persistentVolumeClaim: {claimName: c}}]}}";
    KubeObject runs = cluster.create(Resources.PODS, pod.formatted("runs", "nodeName: node,"));
    cluster.create(Resources.PODS, pod.formatted("waits", ""));
    cluster.delete(Resources.PERSISTENT_VOLUME_CLAIMS, claim("c"), "Background");
    assertThat(claim("c").isBeingDeleted()).isTrue();
    cluster.delete(Resources.PODS, runs, "Background");
    assertThat(cluster.get(Resources.PERSISTENT_VOLUME_CLAIMS, "c")).isEmpty();
  }

  @Test
  void tellsProvisionersThatItIsTheirTurn() {
    cluster.create(
        Resources.STORAGE_CLASSES, "{metadata: {name: made}, provisioner: example.com/p}");
    claim("c", "storageClassName: made");
    assertThat(claim("c").annotations())
        .containsEntry("volume.kubernetes.io/storage-provisioner", "example.com/p")
        .containsEntry("volume.beta.kubernetes.io/storage-provisioner", "example.com/p");
    assertThat(events("c")).anyMatch(said -> said.startsWith("ExternalProvisioning: Waiting"));
  }

  @Test
  void writesNothingWhenAllIsTold() {
    volume("v", "4Gi", "");
    claim("c", "");
    claim("d", "");
    long revision = cluster.revision();
    cluster.advance(Duration.ofMinutes(10));
    assertThat(cluster.revision()).isEqualTo(revision);
  }
}
