package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.NodeTerm;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds volumes for claims that wait for their first consumer: the smallest one there is, or one to
 * be made. Candidates are found once for a pod, and then tried on many nodes.
 */
final class VolumeSearch {
  private static final String DEFAULT_MODE = "Filesystem";

  /** A volume that could be it, and the nodes that reach it. */
  private record Option(String name, Optional<List<NodeTerm>> reach) {
    boolean isReachedBy(NodeState node) {
      return reach.isEmpty() || StorageObjects.reaches(node, reach.get());
    }
  }

  private record Wanted(Key key, KubeObject claim, KubeObject storageClass, List<Option> fit) {}

  private final ClusterState cluster;
  private final List<Wanted> wanted;

  /** For claims, each with its storage class. */
  VolumeSearch(ClusterState cluster, Map<KubeObject, KubeObject> claims) {
    this.cluster = cluster;
    List<KubeObject> volumes =
        claims.isEmpty()
            ? List.of()
            : StorageObjects.all(cluster, Resources.PERSISTENT_VOLUMES).stream()
                .sorted(Comparator.comparingLong(StorageObjects::capacity))
                .toList();
    this.wanted =
        claims.entrySet().stream()
            .map(entry -> wanted(entry.getKey(), entry.getValue(), volumes))
            .sorted(Comparator.comparingLong(w -> StorageObjects.requestedBytes(w.claim())))
            .toList();
  }

  private Wanted wanted(KubeObject claim, KubeObject storageClass, List<KubeObject> volumes) {
    Key key = Resources.PERSISTENT_VOLUME_CLAIMS.keyOf(claim);
    return new Wanted(
        key,
        claim,
        storageClass,
        volumes.stream()
            .filter(volume -> fits(volume, key, claim))
            .map(volume -> new Option(volume.name(), StorageObjects.reach(volume)))
            .toList());
  }

  private boolean fits(KubeObject volume, Key key, KubeObject claim) {
    Object selector = claim.spec().get("selector");
    return isFreeFor(volume, key, claim)
        && !volume.isBeingDeleted()
        && volume.spec().text("storageClassName").equals(StorageObjects.className(claim))
        && mode(volume).equals(mode(claim))
        && StorageObjects.capacity(volume) >= StorageObjects.requestedBytes(claim)
        && new HashSet<>(volume.spec().items("accessModes").texts())
            .containsAll(claim.spec().items("accessModes").texts())
        && (!(selector instanceof Tree tree)
            || LabelSelector.of(tree).matches(volume.metadata().tree("labels")));
  }

  private boolean isFreeFor(KubeObject volume, Key key, KubeObject claim) {
    Optional<Key> promised = cluster.assumptions().claimOf(volume.name());
    if (promised.isPresent()) {
      return promised.get().equals(key);
    }
    Tree reference = volume.spec().tree("claimRef");
    if (reference.isEmpty()) {
      String phase = volume.status().text("phase");
      return phase.isEmpty() || phase.equals("Available") || phase.equals("Pending");
    }
    String uid = reference.text("uid");
    return reference.text("namespace").equals(claim.namespace())
        && reference.text("name").equals(claim.name())
        && (uid.isEmpty() || uid.equals(claim.uid()));
  }

  private static String mode(KubeObject object) {
    String mode = object.spec().text("volumeMode");
    return mode.isEmpty() ? DEFAULT_MODE : mode;
  }

  /** What the node would need; empty where it cannot have it, and then {@code lacks} says so. */
  Optional<VolumePlan> plan(NodeState node, Set<String> lacks) {
    Map<Key, String> volumes = new LinkedHashMap<>();
    Map<Key, Wanted> provisions = new LinkedHashMap<>();
    for (Wanted claim : wanted) {
      String selected =
          cluster
              .assumptions()
              .nodeOf(claim.key())
              .orElse(StorageObjects.selectedNode(claim.claim()));
      if (!selected.isEmpty()) {
        if (!selected.equals(node.name())) {
          lacks.add(VolumeBinding.NO_VOLUME);
          return Optional.empty();
        }
        provisions.put(claim.key(), claim);
        continue;
      }
      Optional<String> found =
          claim.fit().stream()
              .filter(volume -> !volumes.containsValue(volume.name()))
              .filter(volume -> volume.isReachedBy(node))
              .map(Option::name)
              .findFirst();
      found.ifPresentOrElse(
          volume -> volumes.put(claim.key(), volume), () -> provisions.put(claim.key(), claim));
    }
    for (Wanted claim : provisions.values()) {
      if (!StorageObjects.provisions(claim.storageClass())
          || !StorageObjects.allows(claim.storageClass(), node)) {
        lacks.add(VolumeBinding.NO_VOLUME);
      } else if (!hasRoom(claim, node)) {
        lacks.add(VolumeBinding.NO_ROOM);
      }
    }
    return lacks.isEmpty()
        ? Optional.of(new VolumePlan(volumes, List.copyOf(provisions.keySet())))
        : Optional.empty();
  }

  /** Drivers that say how much they have left are believed (CSIStorageCapacity). */
  private boolean hasRoom(Wanted claim, NodeState node) {
    KubeObject driver =
        StorageObjects.find(
            cluster, Resources.CSI_DRIVERS, "", claim.storageClass().tree().text("provisioner"));
    if (driver == null || !driver.spec().isTrue("storageCapacity")) {
      return true;
    }
    long bytes = StorageObjects.requestedBytes(claim.claim());
    return StorageObjects.all(cluster, Resources.CSI_STORAGE_CAPACITIES).stream()
        .map(KubeObject::tree)
        .filter(room -> room.text("storageClassName").equals(claim.storageClass().name()))
        .filter(room -> limit(room) >= bytes)
        .anyMatch(
            room ->
                room.get("nodeTopology") instanceof Tree topology
                    && LabelSelector.of(topology).matches(node.labels()));
  }

  /** The largest volume that can be made. */
  private static long limit(Tree room) {
    Object most = room.get("maximumVolumeSize");
    return Quantity.of(most == null ? room.get("capacity") : most).value();
  }
}
