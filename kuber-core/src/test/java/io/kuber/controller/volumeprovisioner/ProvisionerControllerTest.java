package io.kuber.controller.volumeprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.ControlPlane;
import io.kuber.controller.persistentvolume.BinderController;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.controller.storageprotection.VolumeProtectionController;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.Plan;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that are made because somebody claims them, and what becomes of them. */
final class ProvisionerControllerTest {
  private static final String CLASS =
      "{metadata: {name: %s}, provisioner: %s, allowVolumeExpansion: true, %s}";

  private static final String CLAIM =
      "{metadata: {name: %s%s}, spec: {accessModes: [ReadWriteOnce], resources: {requests:"
          + " {storage: 2Gi}}, %s}}";

  private static final String SIZED = "parameters: {sized: 'true'}";

  private final ControlPlane cluster =
      new ControlPlane(
          new BinderController(),
          new ProvisionerController(),
          new ClaimProtectionController(),
          new VolumeProtectionController());

  private void node(String name) {
    cluster.create(
        Resources.NODES,
        "{metadata: {name: %s, labels: {kubernetes.io/hostname: %1$s-host}}}".formatted(name));
    cluster.status(Resources.NODES, name, "{conditions: [{type: Ready, status: 'True'}]}");
  }

  private void storageClass(String name, String further) {
    cluster.create(Resources.STORAGE_CLASSES, CLASS.formatted(name, LocalVolume.DRIVER, further));
  }

  private KubeObject claim(String name, String further) {
    cluster.create(Resources.PERSISTENT_VOLUME_CLAIMS, CLAIM.formatted(name, "", further));
    return claim(name);
  }

  private KubeObject claim(String name) {
    return cluster.get(Resources.PERSISTENT_VOLUME_CLAIMS, name).orElseThrow();
  }

  private Optional<KubeObject> volumeOf(String claim) {
    return cluster.get(Resources.PERSISTENT_VOLUMES, claim(claim).spec().text("volumeName"));
  }

  private List<KubeObject> volumes() {
    return cluster.list(Resources.PERSISTENT_VOLUMES);
  }

  private List<String> events(String name) {
    return cluster.list(Resources.EVENTS).stream()
        .filter(event -> event.tree().text("involvedObject", "name").equals(name))
        .map(event -> event.tree().text("reason") + ": " + event.tree().text("message"))
        .toList();
  }

  @Test
  void makesVolumeForClaimAndBindsIt() {
    node("a");
    storageClass("fast", "mountOptions: [noatime]");
    KubeObject claim = claim("c", "storageClassName: fast");
    assertThat(claim.status().text("phase")).isEqualTo("Bound");
    KubeObject volume = volumeOf("c").orElseThrow();
    assertThat(volume.name()).isEqualTo("pvc-" + claim.uid());
    assertThat(volume.annotations())
        .containsEntry("pv.kubernetes.io/provisioned-by", LocalVolume.DRIVER);
    assertThat(volume.spec().text("capacity", "storage")).isEqualTo("2Gi");
    assertThat(volume.spec().text("persistentVolumeReclaimPolicy")).isEqualTo("Delete");
    assertThat(volume.spec().text("storageClassName")).isEqualTo("fast");
    assertThat(volume.spec().items("mountOptions").texts()).containsExactly("noatime");
    assertThat(LocalVolume.of(volume)).contains(new LocalVolume(volume.name(), "a"));
    assertThat(volume.spec().tree("nodeAffinity").toString()).contains("a-host");
    assertThat(events("c"))
        .contains("ProvisioningSucceeded: Successfully provisioned volume " + volume.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "volume.beta.kubernetes.io/storage-class: clouds | ''",
        "x: z | 'storageClassName: clouds'"
      })
  void standsInForTheDisksOfClouds(String annotation, String field) {
    node("a");
    cluster.create(
        Resources.STORAGE_CLASSES, CLASS.formatted("clouds", "kubernetes.io/azure-disk", ""));
    cluster.create(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        CLAIM.formatted("c", ", annotations: {" + annotation + "}", field));
    assertThat(claim("c").status().text("phase")).isEqualTo("Bound");
    assertThat(volumeOf("c").orElseThrow().annotations())
        .containsEntry("pv.kubernetes.io/provisioned-by", "kubernetes.io/azure-disk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'selector: {matchLabels: {a: b}}' | claim Selector is not supported",
        "'volumeMode: Block'               | block volumes are not supported",
        "'dataSource: {kind: PersistentVolumeClaim, name: other}' | made empty"
      })
  void saysWhatADirectoryCannotBe(String wish, String why) {
    node("a");
    storageClass("fast", "");
    claim("c", "storageClassName: fast, " + wish);
    assertThat(volumes()).isEmpty();
    assertThat(events("c"))
        .anyMatch(said -> said.startsWith("ProvisioningFailed: ") && said.contains(why));
  }

  @Test
  void takesTheNodeThatHasTheFewest() {
    node("a");
    node("b");
    storageClass("fast", "");
    claim("c", "storageClassName: fast");
    claim("d", "storageClassName: fast");
    assertThat(volumes())
        .flatExtracting(volume -> LocalVolume.of(volume).stream().toList())
        .extracting(LocalVolume::node)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void waitsForANodeThatIsReady() {
    storageClass("fast", "");
    claim("c", "storageClassName: fast");
    assertThat(events("c")).anyMatch(said -> said.contains("no node is ready to have it"));
    node("a");
    assertThat(claim("c").status().text("phase")).isEqualTo("Bound");
  }

  @Test
  void takesTheNodesThatTheClassAllows() {
    node("a");
    node("b");
    storageClass(
        "fast",
        "allowedTopologies: [{matchLabelExpressions: [{key: kubernetes.io/hostname, values:"
            + " [b-host]}]}]");
    claim("c", "storageClassName: fast");
    assertThat(LocalVolume.of(volumeOf("c").orElseThrow()).orElseThrow().node()).isEqualTo("b");
  }

  @Test
  void makesVolumeWhereTheFirstPodGoes() {
    node("a");
    node("b");
    storageClass("fast", "volumeBindingMode: WaitForFirstConsumer");
    KubeObject claim = claim("c", "storageClassName: fast");
    assertThat(volumes()).isEmpty();
    cluster.update(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        claim.with("b", "metadata", "annotations", Wish.SELECTED_NODE));
    assertThat(LocalVolume.of(volumeOf("c").orElseThrow()).orElseThrow().node()).isEqualTo("b");
    assertThat(claim("c").status().text("phase")).isEqualTo("Bound");
  }

  @Test
  void asksTheSchedulerAnewWhenItsNodeIsGone() {
    storageClass("fast", "volumeBindingMode: WaitForFirstConsumer");
    KubeObject claim = claim("c", "storageClassName: fast");
    cluster.update(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        claim.with("gone", "metadata", "annotations", Wish.SELECTED_NODE));
    assertThat(claim("c").annotations()).doesNotContainKey(Wish.SELECTED_NODE);
    assertThat(volumes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Delete, ''", "Retain, Released"})
  void doesWithTheVolumeAsItsClassSays(String policy, String phase) {
    node("a");
    storageClass("fast", "reclaimPolicy: " + policy);
    cluster.delete(
        Resources.PERSISTENT_VOLUME_CLAIMS, claim("c", "storageClassName: fast"), "Background");
    assertThat(volumes())
        .extracting(volume -> volume.status().text("phase"))
        .containsExactlyElementsOf(phase.isEmpty() ? List.of() : List.of(phase));
  }

  @Test
  void keepsTheObjectForAsLongAsANodeHasTheData() {
    node("a");
    storageClass("fast", "");
    KubeObject claim = claim("c", "storageClassName: fast");
    KubeObject volume = volumeOf("c").orElseThrow();
    cluster.update(
        Resources.PERSISTENT_VOLUMES,
        volume.with(
            volume.metadata().items("finalizers").plus(LocalVolume.FINALIZER),
            "metadata",
            "finalizers"));
    cluster.delete(Resources.PERSISTENT_VOLUME_CLAIMS, claim, "Background");
    KubeObject last = volumes().get(0);
    assertThat(last.isBeingDeleted()).isTrue();
    assertThat(last.finalizers()).containsExactly(LocalVolume.FINALIZER);
    cluster.update(Resources.PERSISTENT_VOLUMES, last.without("metadata", "finalizers"));
    assertThat(volumes()).isEmpty();
  }

  @Test
  void letsVolumesGrow() {
    node("a");
    storageClass("fast", "");
    KubeObject claim = claim("c", "storageClassName: fast");
    cluster.update(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        claim.with("5Gi", "spec", "resources", "requests", "storage"));
    assertThat(volumeOf("c").orElseThrow().spec().text("capacity", "storage")).isEqualTo("5Gi");
    assertThat(claim("c").status().text("capacity", "storage")).isEqualTo("5Gi");
    assertThat(events("c")).contains("VolumeResizeSuccessful: Resize volume succeeded");
  }

  @ParameterizedTest
  @CsvSource({"Filesystem", "Block"})
  void makesDisksWhereTheClassAsksForThem(String mode) {
    node("a");
    storageClass("fast", SIZED);
    claim("c", "storageClassName: fast, volumeMode: " + mode);
    KubeObject volume = volumeOf("c").orElseThrow();
    assertThat(LocalVolume.of(volume)).contains(new LocalVolume(volume.name(), "a", true));
    assertThat(volume.spec().text("volumeMode")).isEqualTo(mode);
  }

  private List<String> conditions() {
    return claim("c").status().items("conditions").trees().stream()
        .map(condition -> condition.text("type") + "=" + condition.text("status"))
        .toList();
  }

  private void ask(String storage) {
    cluster.update(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        claim("c").with(storage, "spec", "resources", "requests", "storage"));
  }

  @Test
  void tellsThatADiskGrowsAndLeavesTheRestToItsNode() {
    node("a");
    storageClass("fast", SIZED);
    claim("c", "storageClassName: fast");
    ask("5Gi");
    assertThat(volumeOf("c").orElseThrow().spec().text("capacity", "storage")).isEqualTo("5Gi");
    assertThat(claim("c").status().text("capacity", "storage")).isEqualTo("2Gi");
    assertThat(conditions()).containsExactly("FileSystemResizePending=True");
    assertThat(events("c"))
        .contains("FileSystemResizeRequired: Require file system resize of volume on node");
    ask("6Gi");
    assertThat(volumeOf("c").orElseThrow().spec().text("capacity", "storage")).isEqualTo("6Gi");
    assertThat(conditions()).containsExactly("FileSystemResizePending=True");
    cluster.status(
        Resources.PERSISTENT_VOLUME_CLAIMS,
        "c",
        "{phase: Bound, accessModes: [ReadWriteOnce], capacity: {storage: 6Gi}}");
    assertThat(claim("c").status().text("capacity", "storage")).isEqualTo("6Gi");
    assertThat(conditions()).isEmpty();
  }

  @Test
  void saysThatADiskIsResizedBeforeItsVolumeChanges() {
    node("a");
    storageClass("fast", SIZED);
    KubeObject claim = claim("c", "storageClassName: fast");
    KubeObject wish = claim.with("5Gi", "spec", "resources", "requests", "storage");
    Plan first = Growth.plan(wish, volumeOf("c").orElseThrow(), Instant.EPOCH);
    assertThat(first.steps()).hasSize(1);
    assertThat(first.toString()).contains("Resizing").doesNotContain("FileSystemResizePending");
  }
}
