package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.List;
import java.util.Map;

/**
 * What one pod mounts for itself alone, no other gets: claims of access mode ReadWriteOncePod, and
 * disks of old kinds of volumes that only one pod may write.
 */
public final class VolumeRestrictions implements Filter {
  private static final Veto CLAIM_IN_USE =
      Veto.of(
          "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access"
              + " mode");
  private static final Veto DISK_IN_USE = Veto.of("node(s) had no available disk");

  /** Kinds of volumes, and the field that says which disk it is. */
  private static final Map<String, String> DISKS =
      Map.of(
          "gcePersistentDisk", "pdName",
          "awsElasticBlockStore", "volumeID",
          "iscsi", "iqn",
          "rbd", "image");

  @Override
  public String name() {
    return "VolumeRestrictions";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    for (PodEntry.ClaimName name : pod.claims()) {
      KubeObject claim = StorageObjects.claim(cluster, pod, name);
      if (claim != null
          && claim.spec().items("accessModes").contains("ReadWriteOncePod")
          && cluster.usersOf(StorageObjects.claimKey(pod, name)) > 0) {
        return node ->
            cluster.usersOf(StorageObjects.claimKey(pod, name)) > 0 ? CLAIM_IN_USE : null;
      }
    }
    List<Tree> disks = disks(pod);
    return disks.isEmpty() ? Check.PASS : node -> collide(disks, node) ? DISK_IN_USE : null;
  }

  private static List<Tree> disks(PodEntry pod) {
    return pod.object().spec().items("volumes").trees().stream()
        .filter(volume -> DISKS.keySet().stream().anyMatch(volume::has))
        .toList();
  }

  private static boolean collide(List<Tree> disks, NodeState node) {
    return node.pods().stream()
        .flatMap(there -> disks(there).stream())
        .anyMatch(taken -> disks.stream().anyMatch(disk -> isSame(disk, taken)));
  }

  /** Both may read it, except an EBS volume, which nobody shares. */
  private static boolean isSame(Tree one, Tree other) {
    return DISKS.entrySet().stream()
        .filter(kind -> one.has(kind.getKey()) && other.has(kind.getKey()))
        .anyMatch(
            kind -> {
              Tree here = one.tree(kind.getKey());
              Tree there = other.tree(kind.getKey());
              boolean bothRead = here.isTrue("readOnly") && there.isTrue("readOnly");
              return here.text(kind.getValue()).equals(there.text(kind.getValue()))
                  && here.text("pool").equals(there.text("pool"))
                  && (!bothRead || kind.getKey().equals("awsElasticBlockStore"));
            });
  }

  @Override
  public boolean looksAtVolumes() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return what instanceof Happening.PodLeft
        || (what instanceof Happening.ObjectChanged changed && ClaimProblem.isOwn(pod, changed))
        || passesNow(pod, what, cluster);
  }
}
