package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.view.NodeTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node must reach the volumes that the pod's claims are bound to; claims that wait for their
 * first consumer must find a volume there, or one must be possible.
 */
public final class VolumeBinding implements Filter {
  static final String NO_VOLUME = "node(s) didn't find available persistent volumes to bind";
  static final String NO_ROOM = "node(s) did not have enough free storage";
  private static final String OUT_OF_REACH =
      "node(s) didn't match PersistentVolume's node affinity";
  private static final String VANISHED =
      "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
  private static final String NOT_BOUND = "pod has unbound immediate PersistentVolumeClaims";

  /** Objects whose changes may make a node reach what it did not. */
  private static final Set<String> SOURCES =
      Set.of(
          Resources.PERSISTENT_VOLUMES.qualifiedName(),
          Resources.STORAGE_CLASSES.qualifiedName(),
          Resources.CSI_NODES.qualifiedName(),
          Resources.CSI_DRIVERS.qualifiedName(),
          Resources.CSI_STORAGE_CAPACITIES.qualifiedName());

  @Override
  public String name() {
    return "VolumeBinding";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    if (pod.claims().isEmpty()) {
      return Check.PASS;
    }
    List<List<NodeTerm>> reach = new ArrayList<>(0);
    boolean vanished = false;
    Map<KubeObject, KubeObject> waiting = new LinkedHashMap<>();
    for (PodEntry.ClaimName name : pod.claims()) {
      KubeObject claim = StorageObjects.claim(cluster, pod, name);
      Optional<String> problem = ClaimProblem.of(pod, name, claim);
      if (problem.isPresent() || claim == null) {
        return refusal(problem.orElse(NOT_BOUND));
      }
      if (StorageObjects.isBound(claim)) {
        KubeObject volume = StorageObjects.volumeOf(cluster, claim);
        vanished |= volume == null;
        StorageObjects.reach(volume).ifPresent(reach::add);
        continue;
      }
      KubeObject storageClass = classOf(claim, cluster);
      if (storageClass == null || !claim.spec().text("volumeName").isEmpty()) {
        return refusal(NOT_BOUND);
      }
      waiting.put(claim, storageClass);
    }
    return waiting.isEmpty() && reach.isEmpty() && !vanished
        ? Check.PASS
        : new Reach(reach, vanished, new VolumeSearch(cluster, waiting));
  }

  /** The class of a claim that is to wait for its first consumer; null when it is not. */
  private static @Nullable KubeObject classOf(KubeObject claim, ClusterState cluster) {
    String name = StorageObjects.className(claim);
    KubeObject found =
        name.isEmpty() ? null : StorageObjects.find(cluster, Resources.STORAGE_CLASSES, "", name);
    return found != null && StorageObjects.waitsForConsumer(found) ? found : null;
  }

  private static Check refusal(String why) {
    return new Check.Refusal(Veto.lasting(why));
  }

  /** What has to become of the claims of a pod that goes to a node, which this filter passed. */
  public static VolumePlan plan(PodEntry pod, NodeState node, ClusterState cluster) {
    return new VolumeBinding().prepare(pod, cluster) instanceof Reach reach
        ? reach.search().plan(node, new TreeSet<>()).orElse(VolumePlan.NOTHING)
        : VolumePlan.NOTHING;
  }

  /** Whether all claims of a pod are bound to volumes that are there. */
  public static boolean allBound(PodEntry pod, ClusterState cluster) {
    for (PodEntry.ClaimName name : pod.claims()) {
      KubeObject claim = StorageObjects.claim(cluster, pod, name);
      if (claim == null || !StorageObjects.isBound(claim)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The rule for one pod.
   *
   * @param terms for each bound volume that not all nodes reach, those that do
   * @param vanished whether a bound volume is not there
   * @param search finds volumes for claims that have none
   */
  private record Reach(List<List<NodeTerm>> terms, boolean vanished, VolumeSearch search)
      implements Check {
    @Override
    public @Nullable Veto veto(NodeState node) {
      Set<String> lacks = new TreeSet<>();
      if (vanished) {
        lacks.add(VANISHED);
      }
      for (List<NodeTerm> volume : terms) {
        if (!StorageObjects.reaches(node, volume)) {
          lacks.add(OUT_OF_REACH);
        }
      }
      return search.plan(node, lacks).isPresent() ? null : new Veto(List.copyOf(lacks), true);
    }
  }

  @Override
  public boolean looksAtVolumes() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    if (what instanceof Happening.ObjectChanged changed) {
      return SOURCES.contains(changed.resource()) || ClaimProblem.isOwn(pod, changed);
    }
    return passesNow(pod, what, cluster);
  }
}
