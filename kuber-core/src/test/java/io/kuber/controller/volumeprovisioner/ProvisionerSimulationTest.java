package io.kuber.controller.volumeprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.persistentvolume.BinderController;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.controller.storageprotection.VolumeProtectionController;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * No volume goes while its claim is there, and in the end every claim has one of its own, and those
 * of claims that are gone are gone or kept as their class says.
 */
final class ProvisionerSimulationTest {
  private static final ResourceType CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
  private static final ResourceType VOLUMES = Resources.PERSISTENT_VOLUMES;
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int MANY = 1_000_000;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> claim(cluster, "kept"),
          cluster -> claim(cluster, "deleted"),
          cluster -> claim(cluster, "deleted"),
          cluster -> cluster.any(cluster.list(CLAIMS)).ifPresent(c -> cluster.delete(CLAIMS, c, 0)),
          ProvisionerSimulationTest::remove,
          ProvisionerSimulationTest::grow);

  private static void prepare(Simulation cluster) {
    cluster.nodes(2);
    for (String node : List.of("node-0", "node-1")) {
      cluster
          .find(Resources.NODES, node)
          .ifPresent(
              found ->
                  cluster
                      .people()
                      .updateSubresource(Resources.NODES, "status", ready(found))
                      .toCompletableFuture()
                      .join());
    }
    String text =
        "{metadata: {name: %s}, provisioner: local.kuber.io, allowVolumeExpansion: true,"
            + " reclaimPolicy: %s}";
    cluster.create(Resources.STORAGE_CLASSES, text.formatted("kept", "Retain"));
    cluster.create(Resources.STORAGE_CLASSES, text.formatted("deleted", "Delete"));
  }

  private static KubeObject ready(KubeObject node) {
    return node.with(Items.of(Tree.of("type", "Ready", "status", "True")), "status", "conditions");
  }

  private static void claim(Simulation cluster, String storageClass) {
    cluster.create(
        CLAIMS,
        ("{metadata: {name: claim-%d}, spec: {storageClassName: %s, accessModes: [ReadWriteOnce],"
                + " resources: {requests: {storage: 1Gi}}}}")
            .formatted(cluster.below(MANY), storageClass));
  }

  /** One that is bound or was: nobody protects those that were made a moment ago. */
  private static void remove(Simulation cluster) {
    List<KubeObject> told =
        cluster.list(VOLUMES).stream()
            .filter(volume -> volume.status().text("phase").matches("Bound|Released"))
            .toList();
    cluster.any(told).ifPresent(volume -> cluster.delete(VOLUMES, volume, 0));
  }

  private static void grow(Simulation cluster) {
    List<KubeObject> bound =
        cluster.list(CLAIMS).stream()
            .filter(claim -> claim.status().text("phase").equals("Bound"))
            .toList();
    cluster
        .any(bound)
        .ifPresent(
            claim ->
                cluster.merge(
                    CLAIMS, claim.name(), "{spec: {resources: {requests: {storage: 3Gi}}}}"));
  }

  @Test
  void givesEachClaimAVolumeAndTakesItBack() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      BinderController::new,
                      ProvisionerController::new,
                      ClaimProtectionController::new,
                      VolumeProtectionController::new);
          prepare(cluster);
          cluster.always("volumes stay for their claims", ProvisionerSimulationTest::stays);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> cluster.list(CLAIMS).forEach(claim -> isServed(cluster, claim)));
          cluster.conclude(() -> cluster.list(VOLUMES).forEach(volume -> isMeant(cluster, volume)));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void stays(Step step) {
    if (step.isOf(VOLUMES) && step.delta().deleted()) {
      String uid = step.delta().after().object().spec().text("claimRef", "uid");
      assertThat(step.all(CLAIMS)).extracting(KubeObject::uid).doesNotContain(uid);
    }
  }

  private static void isServed(Simulation cluster, KubeObject claim) {
    KubeObject volume = cluster.find(VOLUMES, claim.spec().text("volumeName")).orElseThrow();
    assertThat(claim.status().text("phase")).isEqualTo("Bound");
    assertThat(volume.spec().text("claimRef", "uid")).isEqualTo(claim.uid());
    assertThat(LocalVolume.of(volume)).isPresent();
    assertThat(Quantity.of(volume.spec().at("capacity", "storage")))
        .isEqualTo(Quantity.of(claim.spec().at("resources", "requests", "storage")));
    assertThat(claim.status().at("capacity", "storage"))
        .isEqualTo(volume.spec().at("capacity", "storage"));
  }

  private static void isMeant(Simulation cluster, KubeObject volume) {
    boolean isInUse =
        cluster.list(CLAIMS).stream()
            .anyMatch(claim -> claim.uid().equals(volume.spec().text("claimRef", "uid")));
    assertThat(isInUse || volume.spec().text("storageClassName").equals("kept")).isTrue();
  }
}
