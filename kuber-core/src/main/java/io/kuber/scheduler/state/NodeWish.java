package io.kuber.scheduler.state;

import io.kuber.object.Tree;
import io.kuber.selector.Requirement;
import io.kuber.selector.Requirement.Operator;
import io.kuber.view.NodeTerm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a pod may go and would rather go, by its node selector and node affinity.
 *
 * @param selector labels that the node must have
 * @param required terms of which one must match; empty optional for no such rule
 * @param preferred terms that make a node better
 */
public record NodeWish(
    Map<String, String> selector, Optional<List<NodeTerm>> required, List<Preference> preferred) {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  /** A term, and how much it counts. */
  public record Preference(NodeTerm term, long weight) {}

  /** Copies what it is given. */
  public NodeWish {
    selector = Map.copyOf(selector);
    required = required.map(List::copyOf);
    preferred = List.copyOf(preferred);
  }

  static NodeWish of(Tree spec) {
    Tree affinity = spec.tree("affinity", "nodeAffinity");
    List<Preference> preferred = new ArrayList<>();
    for (Tree wish : affinity.items(PREFERRED).trees()) {
      NodeTerm.of(wish.tree("preference"))
          .ifPresent(term -> preferred.add(new Preference(term, wish.number(0, "weight"))));
    }
    Optional<List<NodeTerm>> required =
        affinity.has(REQUIRED)
            ? Optional.of(NodeTerm.allOf(affinity.items(REQUIRED, "nodeSelectorTerms")))
            : Optional.empty();
    return new NodeWish(spec.tree("nodeSelector").texts(), required, preferred);
  }

  /** What decides whether a node may be chosen, alone. */
  NodeWish withoutPreferences() {
    return preferred.isEmpty() ? this : new NodeWish(selector, required, List.of());
  }

  /** Whether any node will do. */
  public boolean allowsAll() {
    return selector.isEmpty() && required.isEmpty();
  }

  /** Whether the node may be chosen. */
  public boolean allows(NodeState node) {
    for (Map.Entry<String, String> label : selector.entrySet()) {
      if (!label.getValue().equals(node.labels().get(label.getKey()))) {
        return false;
      }
    }
    if (required.isEmpty()) {
      return true;
    }
    for (NodeTerm term : required.get()) {
      if (term.matches(node.name(), node.labels())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The only nodes that can be meant, where every term names its nodes: pods of daemon sets do. So
   * nobody has to ask all others.
   */
  public Optional<Set<String>> names() {
    if (required.isEmpty() || required.get().isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (NodeTerm term : required.get()) {
      Optional<Requirement> named =
          term.names().stream().filter(rule -> rule.operator() == Operator.IN).findFirst();
      if (named.isEmpty()) {
        return Optional.empty();
      }
      names.addAll(named.get().values());
    }
    return Optional.of(names);
  }
}
