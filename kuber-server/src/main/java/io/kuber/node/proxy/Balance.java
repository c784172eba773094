package io.kuber.node.proxy;

import com.google.common.collect.ImmutableSortedSet;
import io.kuber.node.network.AddressRanges;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What happens to a front end's connections: each goes to one of the endpoints at random, or ends
 * here.
 *
 * @param reach who sees what
 * @param endpoints where connections go, sorted, each once
 * @param local where those of the world go instead, for {@link Reach#LOCAL}; dropped without any
 * @param without what happens if there are no endpoints at all
 * @param affinity how long a client stays with its endpoint, zero if it need not
 * @param sources the clients that are served; all others are dropped
 */
record Balance(
    Reach reach,
    List<Endpoint> endpoints,
    List<Endpoint> local,
    Without without,
    Duration affinity,
    AddressRanges sources) {
  /** Who is meant to reach a front end, which decides what backends see as the client's address. */
  enum Reach {
    /** Pods of this node, seen as who they are; others come back through the node. */
    CLUSTER,
    /** Everybody; the answer has to come back through the node. */
    EXTERNAL,
    /** The world, seen as who it is, since it only reaches this node; pods as for CLUSTER. */
    LOCAL
  }

  /** What clients get of a front end without endpoints. */
  enum Without {
    /** A reset: no node could do better. */
    REFUSE,
    /** Nothing: other nodes have endpoints, and this one is not to be asked. */
    DROP
  }

  /** More than the kernel's table has room for behind one front end. */
  static final int MOST_ENDPOINTS = 1 << 16;

  Balance {
    endpoints = ImmutableSortedSet.copyOf(endpoints).asList();
    local = ImmutableSortedSet.copyOf(local).asList();
    if (endpoints.size() > MOST_ENDPOINTS) {
      throw new IllegalArgumentException(
          endpoints.size() + " endpoints; at most " + MOST_ENDPOINTS + " can be served");
    }
    if (!local.isEmpty() && (reach != Reach.LOCAL || endpoints.isEmpty())) {
      throw new IllegalArgumentException(
          "local endpoints " + local + " need others, and reach LOCAL instead of " + reach);
    }
  }

  /** For everybody alike. */
  static Balance of(Reach reach, Collection<Endpoint> endpoints, Without without) {
    return new Balance(
        reach, List.copyOf(endpoints), List.of(), without, Duration.ZERO, AddressRanges.ALL);
  }

  /** With local endpoints for the world; refused if there are none at all. */
  static Balance local(Collection<Endpoint> endpoints, Collection<Endpoint> local) {
    return new Balance(
        Reach.LOCAL,
        List.copyOf(endpoints),
        List.copyOf(local),
        Without.REFUSE,
        Duration.ZERO,
        AddressRanges.ALL);
  }

  Balance sticky(Duration time) {
    return new Balance(reach, endpoints, local, without, time, sources);
  }

  Balance only(AddressRanges clients) {
    return new Balance(reach, endpoints, local, without, affinity, clients);
  }

  /** Whether no connection gets anywhere. */
  boolean isEmpty() {
    return endpoints.isEmpty();
  }

  /** Where those go who are neither pods of this node nor the node itself. */
  List<Endpoint> forWorld() {
    return reach == Reach.LOCAL ? local : endpoints;
  }

  boolean isSticky() {
    return !affinity.isZero() && !isEmpty();
  }

  boolean isRestricted() {
    return !sources.equals(AddressRanges.ALL);
  }
}
