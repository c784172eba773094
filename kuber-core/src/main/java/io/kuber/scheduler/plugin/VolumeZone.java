package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.NodeState;
import io.kuber.scheduler.state.PodEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A volume whose labels name zones can be mounted there only. */
public final class VolumeZone implements Filter {
  private static final Veto ELSEWHERE = Veto.lasting("node(s) had no available volume zone");
  private static final List<String> LABELS =
      List.of(
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region");

  /** Stands between the zones of a volume that is in several. */
  private static final String SEPARATOR = "__";

  private record Rule(String label, Set<String> values) {
    boolean allows(NodeState node) {
      return values.contains(node.labels().text(label));
    }
  }

  @Override
  public String name() {
    return "VolumeZone";
  }

  @Override
  public Check prepare(PodEntry pod, ClusterState cluster) {
    List<Rule> rules = new ArrayList<>(0);
    for (PodEntry.ClaimName name : pod.claims()) {
      KubeObject claim = StorageObjects.claim(cluster, pod, name);
      KubeObject volume = claim == null ? null : StorageObjects.volumeOf(cluster, claim);
      if (volume != null) {
        addRules(volume.metadata().tree("labels"), rules);
      }
    }
    return rules.isEmpty() ? Check.PASS : node -> allows(rules, node) ? null : ELSEWHERE;
  }

  private static void addRules(Tree labels, List<Rule> rules) {
    for (String label : LABELS) {
      if (labels.has(label)) {
        rules.add(new Rule(label, Set.of(labels.text(label).split(SEPARATOR, -1))));
      }
    }
  }

  /** A node that knows no zone may be anywhere. */
  private static boolean allows(List<Rule> rules, NodeState node) {
    return LABELS.stream().noneMatch(label -> node.labels().has(label))
        || rules.stream().allMatch(rule -> rule.allows(node));
  }

  @Override
  public boolean looksAtVolumes() {
    return true;
  }

  @Override
  public boolean mayHelp(PodEntry pod, Happening what, ClusterState cluster) {
    return what instanceof Happening.ObjectChanged changed
        ? changed.resource().equals(Resources.PERSISTENT_VOLUMES.qualifiedName())
            || ClaimProblem.isOwn(pod, changed)
        : passesNow(pod, what, cluster);
  }
}
