package io.kuber.scheduler.state;

import io.kuber.selector.LabelSelector;
import io.kuber.view.Toleration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a tally counts: which pods, on which nodes, per which label of nodes. */
public sealed interface TallyKey {
  /** The label of nodes that makes a place. */
  String topologyKey();

  /** How much one pod of a shape counts. */
  int share(PodShape pod, boolean stopping, Namespaces namespaces);

  /** Whether pods on a node count. */
  default boolean includes(NodeState node) {
    return true;
  }

  /** Whether the labels of namespaces matter. */
  boolean looksAtNamespaces();

  /** Counts the pods that all of the terms mean. */
  record Matching(List<AffinityTerm> terms, String topologyKey) implements TallyKey {
    @Override
    public int share(PodShape pod, boolean stopping, Namespaces namespaces) {
      for (AffinityTerm term : terms) {
        if (!term.matches(pod, namespaces)) {
          return 0;
        }
      }
      return 1;
    }

    @Override
    public boolean looksAtNamespaces() {
      return terms.stream().anyMatch(AffinityTerm::looksAtNamespaces);
    }
  }

  /** In which part of a pod a term stands. */
  enum Role {
    /** The pod has to be near. */
    REQUIRED,
    /** The pod must keep away. */
    FORBIDDEN,
    /** The pod would rather be near, or far. */
    PREFERRED
  }

  /** Counts the pods that carry the term; preferences count by their weights. */
  record Carrying(AffinityTerm term, Role role) implements TallyKey {
    @Override
    public String topologyKey() {
      return term.topologyKey();
    }

    @Override
    public int share(PodShape pod, boolean stopping, Namespaces namespaces) {
      return switch (role) {
        case REQUIRED -> Collections.frequency(pod.affinity(), term);
        case FORBIDDEN -> Collections.frequency(pod.antiAffinity(), term);
        case PREFERRED ->
            (int)
                pod.preferences().stream()
                    .filter(wish -> wish.term().equals(term))
                    .mapToLong(AffinityTerm.Weighted::weight)
                    .sum();
      };
    }

    @Override
    public boolean looksAtNamespaces() {
      return false;
    }
  }

  /**
   * Counts the pods of a namespace that are to be spread, without those that are stopping.
   *
   * @param scope the nodes that count
   */
  record Spreading(String namespace, LabelSelector selector, String topologyKey, Scope scope)
      implements TallyKey {
    @Override
    public int share(PodShape pod, boolean stopping, Namespaces namespaces) {
      return !stopping && namespace.equals(pod.namespace()) && selector.matches(pod.labels())
          ? 1
          : 0;
    }

    @Override
    public boolean includes(NodeState node) {
      return scope.includes(node);
    }

    @Override
    public boolean looksAtNamespaces() {
      return false;
    }
  }

  /**
   * The nodes that count for a spread rule.
   *
   * @param labels what a node must have
   * @param wish where the pods may go; empty when that does not matter
   * @param tolerations what taints they put up with; empty when that does not matter
   */
  record Scope(
      Set<String> labels, Optional<NodeWish> wish, Optional<List<Toleration>> tolerations) {
    boolean includes(NodeState node) {
      for (String label : labels) {
        if (!node.labels().has(label)) {
          return false;
        }
      }
      return (wish.isEmpty() || wish.get().allows(node))
          && (tolerations.isEmpty() || node.taintsAllow(tolerations.get()));
    }
  }
}
