package io.kuber.scheduler.state;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import io.kuber.selector.Requirement;
import io.kuber.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One term of a pod's affinity to other pods, or against them: which pods are meant, and what
 * counts as one place.
 *
 * @param namespaces where the pods may live, by name
 * @param inNamespaces the same by the labels of the namespace
 * @param selector labels of the pods, the keys to match with the own ones put in
 * @param topologyKey the label of nodes that makes a place
 */
public record AffinityTerm(
    Set<String> namespaces,
    LabelSelector inNamespaces,
    LabelSelector selector,
    String topologyKey) {
  /** Copies the names. */
  public AffinityTerm {
    namespaces = Set.copyOf(namespaces);
  }

  /** A term and how much it counts; negative against the pods. */
  public record Weighted(AffinityTerm term, long weight) {}

  /** The terms of a list, of a pod in that namespace with those labels. */
  static List<AffinityTerm> allOf(Items terms, String namespace, Tree labels) {
    return terms.trees().stream().map(term -> of(term, namespace, labels)).toList();
  }

  /** The weighted terms of a list; {@code sign} is 1 or -1. */
  static List<Weighted> weighted(Items terms, int sign, String namespace, Tree labels) {
    return terms.trees().stream()
        .map(
            term ->
                new Weighted(
                    of(term.tree("podAffinityTerm"), namespace, labels),
                    sign * term.number(0, "weight")))
        .toList();
  }

  private static AffinityTerm of(Tree term, String namespace, Tree labels) {
    LabelSelector inNamespaces =
        LabelSelector.of(term.get("namespaceSelector") instanceof Tree tree ? tree : null);
    Set<String> named = Set.copyOf(term.items("namespaces").texts());
    return new AffinityTerm(
        named.isEmpty() && inNamespaces.isImpossible() ? Set.of(namespace) : named,
        inNamespaces,
        keyed(term, labels),
        term.text("topologyKey"));
  }

  /**
   * The selector of a term or of a spread constraint, with what the keys to match ask for. The API
   * server may have put that in already; twice is as good as once.
   */
  static LabelSelector keyed(Tree term, Tree labels) {
    LabelSelector selector =
        LabelSelector.of(term.get("labelSelector") instanceof Tree tree ? tree : null);
    if (selector.isImpossible()) {
      return selector;
    }
    List<Requirement> rules = new ArrayList<>(selector.requirements());
    add(term.items("matchLabelKeys"), Operator.IN, labels, rules);
    add(term.items("mismatchLabelKeys"), Operator.NOT_IN, labels, rules);
    return LabelSelector.of(rules);
  }

  /** Keys that the pod itself does not have ask for nothing. */
  private static void add(Items keys, Operator operator, Tree labels, List<Requirement> rules) {
    for (String key : keys.texts()) {
      if (labels.has(key)) {
        Requirement rule = new Requirement(key, operator, List.of(labels.text(key)));
        if (!rules.contains(rule)) {
          rules.add(rule);
        }
      }
    }
  }

  /** Whether a pod is meant. */
  public boolean matches(PodShape pod, Namespaces known) {
    return (namespaces.contains(pod.namespace())
            || (!inNamespaces.isImpossible()
                && inNamespaces.matches(known.labels(pod.namespace()))))
        && selector.matches(pod.labels());
  }

  /** Whether the labels of namespaces matter. */
  boolean looksAtNamespaces() {
    return !inNamespaces.isImpossible() && !inNamespaces.isEmpty();
  }
}
