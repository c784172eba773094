package io.kuber.reconcile;

import java.util.HashSet;
import java.util.Set;

/** Which controllers do nothing by themselves. Owned by the reconciler's loop. */
final class Pauses {
  private final Set<String> names = new HashSet<>();

  boolean include(String controller) {
    return names.contains(controller);
  }

  void add(String controller) {
    names.add(controller);
  }

  void remove(String controller) {
    names.remove(controller);
  }
}
