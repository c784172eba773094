package io.kuber.scheduler.plugin;

import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod goes where its node selector and its node affinity send it. */
public final class NodeAffinity implements Filter, Score {
  @Override
  public @Nullable Veto veto(PodDemand pod, NodeState node) {
    return matchesSelector(pod, node) && matchesRequired(pod, node)
        ? null
        : Veto.of("node(s) didn't match Pod's node affinity/selector");
  }

  private static boolean matchesSelector(PodDemand pod, NodeState node) {
    Tree selector = pod.pod().spec().tree("nodeSelector");
    for (Map.Entry<String, String> label : selector.texts().entrySet()) {
      if (!label.getValue().equals(node.labels().get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesRequired(PodDemand pod, NodeState node) {
    Tree required =
        pod.pod()
            .spec()
            .tree("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    return required.isEmpty()
        || required.items("nodeSelectorTerms").trees().stream()
            .anyMatch(term -> NodeSelectorTerm.matches(term, node));
  }

  @Override
  public long weight() {
    return 2;
  }

  @Override
  public long score(PodDemand pod, NodeState node) {
    List<Tree> preferred =
        pod.pod()
            .spec()
            .tree("affinity", "nodeAffinity")
            .items("preferredDuringSchedulingIgnoredDuringExecution")
            .trees();
    long score = 0;
    for (Tree wish : preferred) {
      if (NodeSelectorTerm.matches(wish.tree("preference"), node)) {
        score += wish.number(0, "weight");
      }
    }
    return score;
  }

  @Override
  public void normalize(long[] scores) {
    Score.stretch(scores, false);
  }
}
