package io.kuber.node.proxy;

import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.List;

/**
 * What happens to a front end's connections: each goes to one of the endpoints at random, or is
 * refused if there is none.
 *
 * @param endpoints sorted, each once
 * @param affinity how long a client stays with its endpoint, zero if it need not
 */
record Balance(List<Endpoint> endpoints, Duration affinity) {
  Balance {
    endpoints = ImmutableSortedSet.copyOf(endpoints).asList();
  }

  boolean refuses() {
    return endpoints.isEmpty();
  }

  boolean isSticky() {
    return !affinity.isZero() && !refuses();
  }
}
