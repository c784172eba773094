package io.kuber.scheduler.state;

import java.util.Arrays;
import java.util.BitSet;

/**
 * How many pods count in each place, kept up to date by {@link Tallies}. Owned by the scheduler's
 * loop.
 */
public final class Tally {
  private static final long UNKNOWN = -1;

  private final TallyKey key;
  private final Topology topology;
  private final BitSet included = new BitSet();
  private long[] counts = new long[0];
  private int[] nodes = new int[0];
  private int places;
  private long total;
  private long least = UNKNOWN;

  /** How many shapes need this tally. */
  int users;

  Tally(TallyKey key, Topology topology) {
    this.key = key;
    this.topology = topology;
  }

  /** What is counted. */
  public TallyKey key() {
    return key;
  }

  Topology topology() {
    return topology;
  }

  /** Whether the node has a place. */
  public boolean hasPlace(NodeState node) {
    return topology.placeOf(node) != Topology.NOWHERE;
  }

  /** The count at the place of a node; zero where it has none. */
  public long at(NodeState node) {
    int place = topology.placeOf(node);
    return place == Topology.NOWHERE || place >= counts.length ? 0 : counts[place];
  }

  /** The number of the node's place, for whoever counts places; negative where it has none. */
  public int placeOf(NodeState node) {
    return topology.placeOf(node);
  }

  /** No place has this number or a larger one. */
  public int maxPlaces() {
    return topology.size();
  }

  /** The sum over all places. */
  public long total() {
    return total;
  }

  /** How many places there are with a node that counts. */
  public int places() {
    return places;
  }

  /** The smallest count of a place with a node that counts; zero where there is no place. */
  public long least() {
    if (least == UNKNOWN) {
      least = places == 0 ? 0 : Long.MAX_VALUE;
      for (int place = 0; place < counts.length && places > 0; place++) {
        if (nodes[place] > 0) {
          least = Math.min(least, counts[place]);
        }
      }
    }
    return least;
  }

  /** A node is there, without pods yet. */
  void join(NodeState node) {
    int place = topology.placeOf(node);
    if (place != Topology.NOWHERE && key.includes(node)) {
      grow(place);
      included.set(node.slot());
      places += nodes[place]++ == 0 ? 1 : 0;
      least = UNKNOWN;
    }
  }

  /** A node is gone, and its pods went before it. */
  void leave(NodeState node) {
    if (included.get(node.slot())) {
      included.clear(node.slot());
      places -= --nodes[topology.placeOf(node)] == 0 ? 1 : 0;
      least = UNKNOWN;
    }
  }

  /** Counts so much more on a node. */
  void add(NodeState node, long share) {
    if (included.get(node.slot())) {
      counts[topology.placeOf(node)] += share;
      total += share;
      least = UNKNOWN;
    }
  }

  /** Nobody needs this tally any more: what comes counts nothing. */
  void retire() {
    included.clear();
  }

  private void grow(int place) {
    if (place >= counts.length) {
      int size = Math.max(place + 1, topology.size());
      counts = Arrays.copyOf(counts, size);
      nodes = Arrays.copyOf(nodes, size);
    }
  }
}
