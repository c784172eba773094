package io.kuber.testkit.report;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts nodes and pods as they change, and takes the time from the creation of each pod to its
 * node and to its start. The applying thread writes, anybody reads.
 */
public final class Census implements Store.Listener {
  private static final String NODES = Resources.NODES.qualifiedName();
  private static final String PODS = Resources.PODS.qualifiedName();

  private final InstantSource clock;
  private final Instant start;
  private final Map<Key, Boolean> nodes = new HashMap<>();
  private final Map<Key, Seen> pods = new HashMap<>();
  private final Map<Phase, Integer> phases = new EnumMap<>(Phase.class);
  private final PodTimes scheduled = new PodTimes();
  private final PodTimes started = new PodTimes();
  private int ready;
  private int lost;

  private Census(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Counts what there is in the store, and from now on what changes. */
  public static Census of(Store store, InstantSource clock) {
    Census census = new Census(clock);
    synchronized (census) {
      census.count(store.subscribe(census));
    }
    return census;
  }

  /** What is known of a pod. */
  private record Seen(Phase phase, double since, boolean hasNode, boolean hasStarted) {}

  /**
   * The numbers of one moment.
   *
   * @param nodes how many there are
   * @param ready how many of them are ready
   * @param lost how often a node stopped being ready
   * @param pods how many there are in each phase
   * @param scheduled how many pods were given a node so far
   * @param started how many became ready, or ended, so far
   */
  public record Reading(
      int nodes, int ready, int lost, Map<Phase, Integer> pods, int scheduled, int started) {
    /** Copies the map. */
    public Reading {
      pods = Map.copyOf(pods);
    }

    /** How many pods are in a phase. */
    public int in(Phase phase) {
      return pods.getOrDefault(phase, 0);
    }

    /** How many pods there are. */
    public int all() {
      return pods.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** The numbers now. */
  public synchronized Reading reading() {
    return new Reading(nodes.size(), ready, lost, phases, scheduled.count(), started.count());
  }

  /** When pods were given their nodes, and how long after their creation. */
  public synchronized Latency scheduled() {
    return scheduled.reading();
  }

  /** When pods became ready, or ended, and how long after their creation. */
  public synchronized Latency started() {
    return started.reading();
  }

  /** Seconds since the census began. */
  public double now() {
    return Duration.between(start, clock.instant()).toNanos() / 1e9;
  }

  @Override
  public synchronized void changed(Delta delta, Image image) {
    String resource = delta.key().resource();
    if (resource.equals(PODS)) {
      pod(delta.after(), delta.deleted());
    } else if (resource.equals(NODES)) {
      node(delta.after(), delta.deleted());
    }
  }

  @Override
  public synchronized void replaced(Image image) {
    nodes.clear();
    pods.clear();
    phases.clear();
    ready = 0;
    count(image);
  }

  private void count(Image image) {
    Iterator<Stored> allNodes = image.scan(NODES, "", null);
    allNodes.forEachRemaining(node -> node(node, false));
    Iterator<Stored> allPods = image.scan(PODS, "", null);
    allPods.forEachRemaining(this::known);
  }

  /** A pod that was there before: how long it took is not known. */
  private void known(Stored stored) {
    Phase phase = Phase.of(stored.passing());
    pods.put(stored.key(), new Seen(phase, now(), true, true));
    phases.merge(phase, 1, Integer::sum);
  }

  private void node(Stored stored, boolean deleted) {
    boolean isReady = !deleted && isReady(stored.passing());
    Boolean was = deleted ? nodes.remove(stored.key()) : nodes.put(stored.key(), isReady);
    boolean wasReady = was != null && was;
    ready += (isReady ? 1 : 0) - (wasReady ? 1 : 0);
    lost += wasReady && !isReady && !deleted ? 1 : 0;
  }

  private static boolean isReady(KubeObject node) {
    return Condition.find(node.status(), "Ready").filter(Condition::isTrue).isPresent();
  }

  private void pod(Stored stored, boolean deleted) {
    Seen before = deleted ? pods.remove(stored.key()) : pods.get(stored.key());
    if (before != null) {
      phases.merge(before.phase(), -1, Integer::sum);
    }
    if (!deleted) {
      Seen seen = seen(stored.object(), before);
      pods.put(stored.key(), seen);
      phases.merge(seen.phase(), 1, Integer::sum);
    }
  }

  private Seen seen(KubeObject pod, @Nullable Seen before) {
    double now = now();
    Phase phase = Phase.of(pod);
    double since = before == null ? now : before.since();
    boolean hadNode = before != null && before.hasNode();
    boolean hadStarted = before != null && before.hasStarted();
    boolean hasNode = !Pods.nodeName(pod).isEmpty();
    if (hasNode && !hadNode) {
      scheduled.add(now, now - since);
    }
    if (phase.isStarted() && !hadStarted) {
      started.add(now, now - since);
    }
    return new Seen(phase, since, hadNode || hasNode, hadStarted || phase.isStarted());
  }
}
