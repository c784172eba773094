package io.kuber.raft;

import io.kuber.store.Key;
import java.time.Duration;
import java.util.Set;

/**
 * Writes that come often and that nobody waits for: they wait a moment for others, to share an
 * entry and its sync with them. They are as durable as all others.
 */
final class Patience {
  /** How long they wait for company. */
  static final Duration LIMIT = Duration.ofMillis(20);

  private static final Set<String> RESOURCES = Set.of("leases.coordination.k8s.io", "events");

  private Patience() {}

  static boolean has(Key key) {
    return RESOURCES.contains(key.resource());
  }
}
