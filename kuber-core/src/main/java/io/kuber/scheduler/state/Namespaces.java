package io.kuber.scheduler.state;

import io.kuber.object.Tree;
import java.util.HashMap;
import java.util.Map;

/** The labels of the namespaces. Owned by the scheduler's loop. */
public final class Namespaces {
  private final Map<String, Tree> labels = new HashMap<>();

  /** The labels of a namespace; none when it is not known. */
  public Tree labels(String name) {
    return labels.getOrDefault(name, Tree.EMPTY);
  }

  void put(String name, Tree now) {
    labels.put(name, now);
  }

  void remove(String name) {
    labels.remove(name);
  }
}
