package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node attaches so many volumes of a CSI driver and no more, as its CSINode says. */
public final class NodeVolumeLimits implements Filter {
  private static final Veto TOO_MANY = Veto.of("node(s) exceed max volume count");

  @Override
  public String name() {
    return "NodeVolumeLimits";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    if (pod.claims().isEmpty()) {
      return Check.PASS;
    }
    Map<String, Set<String>> wanted = new HashMap<>();
    addVolumes(pod, cluster, wanted);
    return wanted.isEmpty() ? Check.PASS : node -> veto(wanted, node, cluster);
  }

  /** The volumes of a pod by their driver; what is not bound yet counts as one of its own. */
  private static void addVolumes(
      PodEntry pod, ClusterState cluster, Map<String, Set<String>> byDriver) {
    for (PodEntry.ClaimName name : pod.claims()) {
      KubeObject claim = StorageObjects.claim(cluster, pod, name);
      if (claim == null) {
        continue;
      }
      KubeObject volume = StorageObjects.volumeOf(cluster, claim);
      Tree source = volume == null ? Tree.EMPTY : volume.spec().tree("csi");
      String driver = volume == null ? provisioner(claim, cluster) : source.text("driver");
      if (!driver.isEmpty()) {
        byDriver
            .computeIfAbsent(driver, unused -> new HashSet<>())
            .add(volume == null ? "claim " + claim.uid() : source.text("volumeHandle"));
      }
    }
  }

  private static String provisioner(KubeObject claim, ClusterState cluster) {
    String name = StorageObjects.className(claim);
    KubeObject found =
        name.isEmpty() ? null : StorageObjects.find(cluster, Resources.STORAGE_CLASSES, "", name);
    return found == null ? "" : found.tree().text("provisioner");
  }

  private static @Nullable Veto veto(
      Map<String, Set<String>> wanted, NodeState node, ClusterState cluster) {
    Map<String, Long> limits = cluster.volumeLimits().of(node.name());
    if (limits.isEmpty()) {
      return null;
    }
    for (Map.Entry<String, Set<String>> driver : wanted.entrySet()) {
      Long most = limits.get(driver.getKey());
      if (most != null
          && driver.getValue().size() + node.claims() > most
          && attached(driver.getKey(), driver.getValue(), node, cluster) > most) {
        return TOO_MANY;
      }
    }
    return null;
  }

  /** Volumes of one driver that the node would have attached; only asked where it may matter. */
  private static int attached(
      String driver, Set<String> wanted, NodeState node, ClusterState cluster) {
    Map<String, Set<String>> there = new HashMap<>();
    node.claimants().forEach(pod -> addVolumes(pod, cluster, there));
    Set<String> together = new HashSet<>(wanted);
    together.addAll(there.getOrDefault(driver, Set.of()));
    return together.size();
  }

  @Override
  public boolean looksAtVolumes() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    if (what instanceof Happening.PodLeft left) {
      return prepare(pod, cluster).veto(left.node()) == null;
    }
    return what instanceof Happening.ObjectChanged || passesNow(pod, what, cluster);
  }
}
