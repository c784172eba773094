package io.kuber.controller.namespace;

import java.util.List;
import java.util.Map;

/**
 * What a namespace in deletion has in other servers of the API, and its end there.
 *
 * <p>Called on the reconciler's loop, so that the answer has to be at hand: whoever asks over a
 * network begins to, and tells next time what came of it.
 */
@FunctionalInterface
public interface ForeignContent {
  /** There are no other servers. */
  ForeignContent NONE = (namespace, uid) -> Found.NOTHING;

  /** Has the content of a namespace deleted, and tells what was left the last time. */
  Found of(String namespace, String uid);

  /**
   * What was left.
   *
   * @param isAsked whether anybody has been asked since the deletion
   * @param undiscovered which group versions could not be looked at, and why
   * @param failures why something could not be deleted
   * @param remaining how many objects there are, by resource and group
   * @param finalizers how many objects have them
   */
  record Found(
      boolean isAsked,
      List<String> undiscovered,
      List<String> failures,
      Map<String, Integer> remaining,
      Map<String, Integer> finalizers) {
    /** There is nothing. */
    public static final Found NOTHING = new Found(true, List.of(), List.of(), Map.of(), Map.of());

    /** Nobody has said anything yet. */
    public static final Found UNKNOWN = new Found(false, List.of(), List.of(), Map.of(), Map.of());

    /** Copies the collections. */
    public Found {
      undiscovered = List.copyOf(undiscovered);
      failures = List.copyOf(failures);
      remaining = Map.copyOf(remaining);
      finalizers = Map.copyOf(finalizers);
    }

    /** Whether the namespace may go as far as they are concerned. */
    public boolean isNothing() {
      return isAsked && undiscovered.isEmpty() && failures.isEmpty() && remaining.isEmpty();
    }
  }
}
