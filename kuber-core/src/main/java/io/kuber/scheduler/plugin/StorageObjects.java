package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.view.NodeTerm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Readings of claims, volumes and storage classes. Pure. */
final class StorageObjects {
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

  private StorageObjects() {}

  static @Nullable KubeObject find(
      ClusterState cluster, ResourceType type, String namespace, String name) {
    Stored stored = cluster.image().get(type.key(namespace, name));
    return stored == null ? null : stored.object();
  }

  static Key claimKey(PodEntry pod, PodEntry.ClaimName claim) {
    return Resources.PERSISTENT_VOLUME_CLAIMS.key(pod.key().namespace(), claim.name());
  }

  static @Nullable KubeObject claim(ClusterState cluster, PodEntry pod, PodEntry.ClaimName claim) {
    Stored stored = cluster.image().get(claimKey(pod, claim));
    return stored == null ? null : stored.object();
  }

  /** The volume that a claim is bound to, or null. */
  static @Nullable KubeObject volumeOf(ClusterState cluster, KubeObject claim) {
    String name = claim.spec().text("volumeName");
    return name.isEmpty() ? null : find(cluster, Resources.PERSISTENT_VOLUMES, "", name);
  }

  static List<KubeObject> all(ClusterState cluster, ResourceType type) {
    List<KubeObject> all = new ArrayList<>();
    Iterator<Stored> stored = cluster.image().scan(type.qualifiedName(), "", null);
    stored.forEachRemaining(one -> all.add(one.object()));
    return all;
  }

  /** Whether the binding is complete, on both sides. */
  static boolean isBound(KubeObject claim) {
    return !claim.spec().text("volumeName").isEmpty()
        && (claim.annotations().containsKey(BIND_COMPLETED)
            || claim.status().text("phase").equals("Bound"));
  }

  static String className(KubeObject claim) {
    String old = claim.annotations().get("volume.beta.kubernetes.io/storage-class");
    return old == null ? claim.spec().text("storageClassName") : old;
  }

  static boolean waitsForConsumer(KubeObject storageClass) {
    return storageClass.tree().text("volumeBindingMode").equals("WaitForFirstConsumer");
  }

  static boolean provisions(KubeObject storageClass) {
    String provisioner = storageClass.tree().text("provisioner");
    return !provisioner.isEmpty() && !provisioner.equals(NO_PROVISIONER);
  }

  /** The node that a claim is provisioned for already; empty for none. */
  static String selectedNode(KubeObject claim) {
    return claim.annotations().getOrDefault(SELECTED_NODE, "");
  }

  static long requestedBytes(KubeObject claim) {
    return Quantity.of(claim.spec().at("resources", "requests", "storage")).value();
  }

  static long capacity(KubeObject volume) {
    return Quantity.of(volume.spec().at("capacity", "storage")).value();
  }

  /** The nodes that reach a volume, by terms of which one must match; empty when all do. */
  static Optional<List<NodeTerm>> reach(@Nullable KubeObject volume) {
    Tree required = volume == null ? Tree.EMPTY : volume.spec().tree("nodeAffinity", "required");
    return required.isEmpty()
        ? Optional.empty()
        : Optional.of(NodeTerm.allOf(required.items("nodeSelectorTerms")));
  }

  /** Whether one of the terms matches the node. */
  static boolean reaches(NodeState node, List<NodeTerm> terms) {
    for (NodeTerm term : terms) {
      if (term.matches(node.name(), node.labels())) {
        return true;
      }
    }
    return false;
  }

  /** Whether new volumes of the class can be made for the node. */
  static boolean allows(KubeObject storageClass, NodeState node) {
    List<Tree> topologies = storageClass.tree().items("allowedTopologies").trees();
    return topologies.isEmpty() || topologies.stream().anyMatch(t -> holds(t, node));
  }

  private static boolean holds(Tree topology, NodeState node) {
    return topology.items("matchLabelExpressions").trees().stream()
        .allMatch(rule -> rule.items("values").contains(node.labels().text(rule.text("key"))));
  }
}
