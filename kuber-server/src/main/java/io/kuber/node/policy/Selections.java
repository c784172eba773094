package io.kuber.node.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the pods that selectors choose, each selection once. Lives as long as one plan. */
final class Selections {
  private final Neighbourhood all;
  private final Map<Selection, List<Pod>> known = new HashMap<>();

  /** What is asked for: neighbours differ by the namespace of the policy. */
  private record Selection(String namespace, Peer peer) {}

  Selections(Neighbourhood all) {
    this.all = all;
  }

  /** The pods that a peer of a policy in a namespace means; none for addresses. */
  List<Pod> pods(String namespace, Peer peer) {
    return known.computeIfAbsent(new Selection(namespace, peer), this::find);
  }

  private List<Pod> find(Selection selection) {
    return all.pods().stream().filter(pod -> isChosen(pod, selection)).toList();
  }

  private boolean isChosen(Pod pod, Selection selection) {
    Peer peer = selection.peer();
    if (peer instanceof Peer.Neighbours neighbours) {
      return pod.namespace().equals(selection.namespace()) && neighbours.pods().test(pod.labels());
    }
    if (peer instanceof Peer.Pods pods) {
      Map<String, String> labels = all.namespaces().get(pod.namespace());
      return labels != null && pods.namespaces().test(labels) && pods.pods().test(pod.labels());
    }
    return false;
  }
}
