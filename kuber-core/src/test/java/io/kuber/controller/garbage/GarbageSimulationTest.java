package io.kuber.controller.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Stored;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Families of config maps: who loses all owners goes, who keeps one stays, whatever goes wrong. */
final class GarbageSimulationTest {
  private static final ResourceType MAPS = Resources.CONFIG_MAPS;
  private static final int MEMBERS = 12;

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> remove(cluster, "Background"),
          cluster -> remove(cluster, "Foreground"),
          cluster -> remove(cluster, "Orphan"));

  private static Simulation family(long seed) {
    Simulation cluster =
        Simulation.of(seed).running(() -> new GarbageController(() -> Resources.ALL));
    for (int i = 0; i < MEMBERS; i++) {
      Set<KubeObject> owners = new HashSet<>();
      for (int parents = cluster.below(3); parents > 0; parents--) {
        cluster.any(cluster.list(MAPS)).ifPresent(owners::add);
      }
      String references =
          owners.stream()
              .map(owner -> reference(owner, cluster.below(2) == 0))
              .collect(Collectors.joining(", "));
      cluster.create(
          MAPS, "{metadata: {name: m%d, ownerReferences: [%s]}}".formatted(i, references));
    }
    return cluster;
  }

  private static String reference(KubeObject owner, boolean blocks) {
    return "{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s, blockOwnerDeletion: %s}"
        .formatted(owner.name(), owner.uid(), blocks);
  }

  private static void remove(Simulation cluster, String policy) {
    cluster
        .any(cluster.list(MAPS))
        .ifPresent(
            map ->
                cluster
                    .people()
                    .delete(
                        MAPS,
                        map.namespace(),
                        map.name(),
                        new DeleteOptions(-1, policy, map.uid(), "")));
  }

  @Test
  void leavesNoOrphanAndTakesNobodyWhoHasAnOwner() {
    Seeds.each(
        seed -> {
          Simulation cluster = family(seed);
          cluster.always("only orphans are collected", GarbageSimulationTest::collectsOrphans);
          cluster.during(Duration.ofSeconds(20), 5, DEEDS);
          cluster.rest(Duration.ofMinutes(3));
          Set<String> uids =
              cluster.list(MAPS).stream().map(KubeObject::uid).collect(Collectors.toSet());
          for (KubeObject map : cluster.list(MAPS)) {
            assertThat(map.isBeingDeleted()).as("%s", map.metadata()).isFalse();
            assertThat(map.owners())
                .as("owners of %s among %s", map.name(), uids)
                .allMatch(owner -> uids.contains(owner.uid()));
          }
        });
  }

  /** What the collector deletes has no owner left that lives and is to stay. */
  private static void collectsOrphans(Step step) {
    if (step.byController() && step.isOf(MAPS) && step.deletes()) {
      KubeObject map = step.delta().after().object();
      List<KubeObject> all = step.all(MAPS);
      assertThat(map.owners())
          .isNotEmpty()
          .noneMatch(owner -> find(all, owner).filter(o -> !o.isBeingDeleted()).isPresent());
    }
  }

  private static Optional<KubeObject> find(List<KubeObject> all, OwnerReference owner) {
    return all.stream().filter(map -> map.uid().equals(owner.uid())).findFirst();
  }

  @Test
  void deletesDependentsThatBlockBeforeTheirOwner() {
    Seeds.each(
        seed -> {
          Simulation cluster = family(seed);
          cluster.always("dependents go first", GarbageSimulationTest::blockersFirst);
          cluster.during(Duration.ofSeconds(20), 2, List.of(all -> remove(all, "Foreground")));
          cluster.rest(Duration.ofMinutes(3));
        });
  }

  private static void blockersFirst(Step step) {
    Stored before = step.delta().before();
    boolean goes =
        step.isOf(MAPS)
            && step.delta().deleted()
            && before != null
            && before.object().isBeingDeleted();
    if (goes) {
      String uid = step.delta().after().object().uid();
      assertThat(step.all(MAPS))
          .allMatch(
              map ->
                  map.owners().stream()
                      .noneMatch(owner -> owner.uid().equals(uid) && owner.blockOwnerDeletion()));
    }
  }
}
