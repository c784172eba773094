package io.kuber.node;

import static io.kuber.node.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.loop.SimulatedLoops;
import io.kuber.node.volume.VolumeException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of volumes lives as long as their objects say, and no word of others ends it. */
final class KeptVolumesTest {
  private static final String NODE = "node-1";
  private static final String NAME = "pvc-1";

  /** Uid of who uses it. */
  private static final String POD = "pod-1";

  /** What else holds a volume in every cluster. */
  private static final String PROTECTION = "kubernetes.io/pv-protection";

  /** Longer than the node waits after a failure. */
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  @TempDir private Path directory;

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final TestCluster cluster = new TestCluster(loops);
  private KeptVolumes volumes = start(Path.of("/none"));

  private KeptVolumes start(Path node) {
    NodeConfig config =
        new NodeConfig(
            NODE,
            "192.0.2.10",
            node,
            "10.244.0.0/24",
            Optional.empty(),
            "cluster.local",
            NodeConfig.VERSION,
            Map.of());
    KeptVolumes started =
        KeptVolumes.start(new ClusterObjects(cluster.client()), config, loops.loop("volumes"));
    loops.settle();
    return started;
  }

  @BeforeEach
  void begin() {
    volumes.close();
    volumes = start(directory);
  }

  private void create(String name, String node, String policy) {
    cluster.create(
        Resources.PERSISTENT_VOLUMES,
        """
        metadata: {name: %1$s}
        spec:
          accessModes: [ReadWriteOnce]
          capacity: {storage: 1Gi}
          persistentVolumeReclaimPolicy: %3$s
          csi: {driver: local.kuber.io, volumeHandle: %1$s, volumeAttributes: {node: %2$s}}
        """
            .formatted(name, node, policy));
  }

  /** A volume of this node that a pod has written to. */
  private Path written(String policy) throws IOException {
    create(NAME, NODE, policy);
    Path data = volumes.keep(NAME, POD);
    loops.settle();
    Files.writeString(data.resolve("table"), "row");
    return data;
  }

  private Optional<KubeObject> volume() {
    return cluster.find(Resources.PERSISTENT_VOLUMES, NAME);
  }

  private void delete() {
    await(cluster.client().delete(Resources.PERSISTENT_VOLUMES, "", NAME, DeleteOptions.DEFAULT));
    pass();
  }

  /** Has these hold the object, and nobody else. */
  private void holders(String... finalizers) {
    await(
        cluster
            .client()
            .patch(
                Resources.PERSISTENT_VOLUMES,
                "",
                NAME,
                "",
                PatchType.MERGE,
                Tree.of("metadata", Tree.of("finalizers", Items.of((Object[]) finalizers)))));
    pass();
  }

  private void pass() {
    loops.settle();
    loops.advance(A_WHILE);
    loops.settle();
  }

  @Test
  void holdsTheObjectBeforeAnythingIsWritten() throws IOException {
    Path data = written("Delete");
    assertThat(data).isEqualTo(directory.resolve("volumes").resolve(NAME));
    KubeObject held = volume().orElseThrow();
    assertThat(held.finalizers()).containsExactly(PROTECTION, LocalVolume.FINALIZER);
    assertThat(volumes.keep(NAME, POD)).isEqualTo(data);
    assertThat(data.resolve("table")).hasContent("row");
    assertThat(volume().orElseThrow().resourceVersion())
        .as("nothing is left to be written")
        .isEqualTo(held.resourceVersion());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pvc-of-other", "pvc-of-nobody"})
  void makesNothingForVolumesThatAreNotItsOwn(String name) {
    create("pvc-of-other", "node-2", "Delete");
    assertThatThrownBy(() -> volumes.keep(name, POD))
        .isInstanceOf(VolumeException.class)
        .hasMessage("no volume of this node is called \"" + name + "\"");
    assertThat(directory.resolve("volumes")).doesNotExist();
  }

  @Test
  void makesNothingForVolumesThatAreBeingDeleted() {
    create(NAME, NODE, "Delete");
    delete();
    assertThatThrownBy(() -> volumes.keep(NAME, POD))
        .isInstanceOf(VolumeException.class)
        .hasMessage("volume \"pvc-1\" is being deleted");
    assertThat(directory.resolve("volumes")).doesNotExist();
  }

  @Test
  void deletesDataOnceNobodyElseHoldsTheObject() throws IOException {
    Path data = written("Delete");
    delete();
    assertThat(data.resolve("table")).as("the protection still holds it").hasContent("row");
    holders(LocalVolume.FINALIZER);
    assertThat(data).doesNotExist();
    assertThat(volume()).isEmpty();
  }

  @Test
  void letsGoOfTheObjectAndKeepsTheDataWhereThePolicyIsToRetain() throws IOException {
    Path data = written("Retain");
    delete();
    holders(LocalVolume.FINALIZER);
    assertThat(volume()).isEmpty();
    assertThat(data.resolve("table")).hasContent("row");
  }

  @Test
  void keepsDataWhoseObjectSomebodyTookAwayByForce() throws IOException {
    Path data = written("Delete");
    holders();
    delete();
    assertThat(volume()).isEmpty();
    assertThat(data.resolve("table")).hasContent("row");
    volumes.close();
    volumes = start(directory);
    pass();
    assertThat(data.resolve("table")).as("the next run hears of no object").hasContent("row");
  }

  @Test
  void keepsDataOfAnObjectOfTheSameNameThatIsAnotherNodes() throws IOException {
    Path data = written("Delete");
    holders();
    delete();
    create(NAME, "node-2", "Delete");
    holders(LocalVolume.FINALIZER);
    delete();
    volumes.close();
    volumes = start(directory);
    pass();
    assertThat(data.resolve("table")).hasContent("row");
    assertThat(volume()).as("another node's word is waited for").isPresent();
  }

  @Test
  void deletesInItsNextRunWhatWasToGoMeanwhile() throws IOException {
    Path data = written("Delete");
    volumes.close();
    loops.settle();
    delete();
    holders(LocalVolume.FINALIZER);
    assertThat(data.resolve("table")).as("nobody is at work").hasContent("row");
    volumes = start(directory);
    pass();
    assertThat(data).doesNotExist();
    assertThat(volume()).isEmpty();
  }

  @Test
  void triesAgainWhatTheDiskRefused() throws IOException {
    Path data = written("Delete");
    Path aside = Files.move(data, directory.resolve("aside"));
    Files.writeString(data, "no directory");
    delete();
    holders(LocalVolume.FINALIZER);
    assertThat(volume()).as("the node has not done its part").isPresent();
    Files.delete(data);
    Files.move(aside, data);
    pass();
    assertThat(data).doesNotExist();
    assertThat(volume()).isEmpty();
  }
}
