package io.kuber.server.aggregate;

import java.util.List;
import java.util.Map;

/**
 * What came of the deletion of a namespace's content in other servers.
 *
 * @param undiscovered group versions whose servers do not answer
 * @param failures why something could not be deleted
 * @param remaining how many objects there still are, by resource and group
 * @param finalizers how many of these have them
 */
public record Swept(
    List<String> undiscovered,
    List<String> failures,
    Map<String, Integer> remaining,
    Map<String, Integer> finalizers) {
  /** Copies the collections. */
  public Swept {
    undiscovered = List.copyOf(undiscovered);
    failures = List.copyOf(failures);
    remaining = Map.copyOf(remaining);
    finalizers = Map.copyOf(finalizers);
  }
}
