package io.kuber.controller.persistentvolume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.controller.storageprotection.ClaimProtectionController;
import io.kuber.controller.storageprotection.VolumeProtectionController;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No volume is ever given to two claims, and none lies idle that a claim waits for. */
final class BinderSimulationTest {
  private static final ResourceType CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
  private static final ResourceType VOLUMES = Resources.PERSISTENT_VOLUMES;
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(4);
  private static final int MOST_GIBIBYTES = 4;
  private static final int MANY = 1_000_000;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          BinderSimulationTest::claim,
          BinderSimulationTest::claim,
          BinderSimulationTest::add,
          BinderSimulationTest::add,
          cluster -> cluster.any(cluster.list(CLAIMS)).ifPresent(c -> cluster.delete(CLAIMS, c, 0)),
          cluster ->
              cluster.any(cluster.list(VOLUMES)).ifPresent(v -> cluster.delete(VOLUMES, v, 0)),
          BinderSimulationTest::free);

  private static void claim(Simulation cluster) {
    String name = "claim-" + cluster.below(MANY);
    cluster.create(
        CLAIMS,
        "{metadata: {name: %s}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %dGi}}}}"
            .formatted(name, 1 + cluster.below(MOST_GIBIBYTES)));
  }

  private static void add(Simulation cluster) {
    String name = "volume-" + cluster.below(MANY);
    cluster.create(
        VOLUMES,
        "{metadata: {name: %s}, spec: {accessModes: [ReadWriteOnce], capacity: {storage: %dGi}, hostPath: {path: /tmp}}}"
            .formatted(name, 1 + cluster.below(MOST_GIBIBYTES)));
  }

  /** People have saved the data of a volume and let others have it. */
  private static void free(Simulation cluster) {
    List<KubeObject> released =
        cluster.list(VOLUMES).stream().filter(volume -> phase(volume).equals("Released")).toList();
    cluster
        .any(released)
        .ifPresent(volume -> cluster.people().update(VOLUMES, volume.without("spec", "claimRef")));
  }

  private static String phase(KubeObject object) {
    return object.status().text("phase");
  }

  private static String volumeOf(KubeObject claim) {
    return claim.spec().text("volumeName");
  }

  private static long bytes(KubeObject object, String... path) {
    return Quantity.of(object.spec().at(path)).value();
  }

  @Test
  void givesEachVolumeToOneClaim() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      BinderController::new,
                      ClaimProtectionController::new,
                      VolumeProtectionController::new);
          cluster.always("a volume is one claim's", BinderSimulationTest::isOneClaims);
          cluster.during(TROUBLE, 40, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> cluster.list(CLAIMS).forEach(claim -> isServed(cluster, claim)));
          cluster.conclude(() -> cluster.list(VOLUMES).forEach(volume -> isTold(cluster, volume)));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void isOneClaims(Step step) {
    if (step.byController() && step.isOf(CLAIMS) && !step.delta().deleted()) {
      KubeObject claim = step.delta().after().object();
      assertThat(step.all(CLAIMS))
          .filteredOn(other -> !volumeOf(other).isEmpty())
          .filteredOn(other -> volumeOf(other).equals(volumeOf(claim)))
          .hasSizeLessThan(2);
    }
  }

  private static void isServed(Simulation cluster, KubeObject claim) {
    Optional<KubeObject> volume = cluster.find(VOLUMES, volumeOf(claim));
    switch (phase(claim)) {
      case "Bound" ->
          assertThat(volume.orElseThrow().spec().text("claimRef", "uid")).isEqualTo(claim.uid());
      case "Lost" -> assertThat(volume).isEmpty();
      default ->
          assertThat(cluster.list(VOLUMES))
              .filteredOn(idle -> phase(idle).equals("Available"))
              .allMatch(
                  idle ->
                      bytes(idle, "capacity", "storage")
                          < bytes(claim, "resources", "requests", "storage"));
    }
  }

  private static void isTold(Simulation cluster, KubeObject volume) {
    boolean isTaken = volume.spec().has("claimRef");
    boolean isInUse =
        cluster.list(CLAIMS).stream()
            .anyMatch(claim -> claim.uid().equals(volume.spec().text("claimRef", "uid")));
    assertThat(phase(volume)).isEqualTo(isInUse ? "Bound" : isTaken ? "Released" : "Available");
  }
}
