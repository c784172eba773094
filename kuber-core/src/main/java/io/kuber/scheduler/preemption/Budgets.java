package io.kuber.scheduler.preemption;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** How many pods the disruption budgets still let go. Immutable. */
final class Budgets {
  private record Budget(String namespace, LabelSelector selector, Tree alreadyGoing, long allowed) {
    static Budget of(KubeObject budget) {
      Object selector = budget.spec().get("selector");
      return new Budget(
          budget.namespace(),
          LabelSelector.of(selector instanceof Tree tree ? tree : null),
          budget.status().tree("disruptedPods"),
          budget.status().number(0, "disruptionsAllowed"));
    }

    /** An empty selector protects nothing here (upstream: filterPodsWithPDBViolation). */
    boolean counts(PodEntry pod) {
      return namespace.equals(pod.key().namespace())
          && !selector.isEmpty()
          && selector.matches(pod.shape().labels())
          && !alreadyGoing.has(pod.key().name());
    }
  }

  private final List<Budget> budgets = new ArrayList<>();

  /** The budgets of an image. */
  Budgets(Image image) {
    Iterator<Stored> all = image.scan(Resources.POD_DISRUPTION_BUDGETS.qualifiedName(), "", null);
    all.forEachRemaining(stored -> budgets.add(Budget.of(stored.object())));
  }

  /** Whether these let the same pods go as those. */
  boolean areLike(Budgets other) {
    return budgets.equals(other.budgets);
  }

  /** Those of the pods that a budget would not let go if all of them went, in their order. */
  List<PodEntry> violatedBy(List<PodEntry> pods) {
    if (budgets.isEmpty()) {
      return List.of();
    }
    long[] left = budgets.stream().mapToLong(Budget::allowed).toArray();
    List<PodEntry> violated = new ArrayList<>();
    for (PodEntry pod : pods) {
      boolean violates = false;
      for (int i = 0; i < left.length; i++) {
        violates |= budgets.get(i).counts(pod) && --left[i] < 0;
      }
      if (violates) {
        violated.add(pod);
      }
    }
    return violated;
  }
}
