package io.kuber.scheduler.plugin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Quantity;
import io.kuber.store.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node and what its pods, bound or about to be, take of it. Owned by the scheduler's loop. */
public final class NodeState {
  private final Map<Key, PodDemand> pods = new HashMap<>();
  private KubeObject node;
  private Amounts allocatable;
  private long maxPods;
  private List<Tree> taints;
  private Amounts requested = Amounts.NONE;
  private Amounts scored = Amounts.NONE;

  /** A node without pods. */
  public NodeState(KubeObject node) {
    this.node = node;
    this.allocatable = allocatable(node);
    this.maxPods = maxPods(node);
    this.taints = node.spec().items("taints").trees();
  }

  /** Takes in a newer state of the node itself. */
  public void update(KubeObject newer) {
    node = newer;
    allocatable = allocatable(newer);
    maxPods = maxPods(newer);
    taints = newer.spec().items("taints").trees();
  }

  private static Amounts allocatable(KubeObject node) {
    return Amounts.of(node.status().tree("allocatable"));
  }

  private static long maxPods(KubeObject node) {
    Object pods = node.status().at("allocatable", "pods");
    return pods == null ? 0 : Quantity.of(pods).value();
  }

  /** Counts a pod; one of the same key counts no more. */
  public void add(Key key, PodDemand pod) {
    remove(key);
    pods.put(key, pod);
    requested = requested.plus(pod.requests());
    scored = scored.plus(pod.scored());
  }

  /** Counts a pod no more; does nothing when it was not counted. */
  public void remove(Key key) {
    PodDemand gone = pods.remove(key);
    if (gone != null) {
      requested = requested.minus(gone.requests());
      scored = scored.minus(gone.scored());
    }
  }

  /** The node itself. */
  public KubeObject node() {
    return node;
  }

  /** The name of the node. */
  public String name() {
    return node.name();
  }

  /** The labels of the node. */
  public Tree labels() {
    return node.metadata().tree("labels");
  }

  /** The taints of the node. */
  public List<Tree> taints() {
    return taints;
  }

  /** What the node has for pods. */
  public Amounts allocatable() {
    return allocatable;
  }

  /** What its pods reserve. */
  public Amounts requested() {
    return requested;
  }

  /** What its pods count for in scores. */
  public Amounts scored() {
    return scored;
  }

  /** How many pods it can take. */
  public long maxPods() {
    return maxPods;
  }

  /** How many pods it has. */
  public int podCount() {
    return pods.size();
  }

  /** Whether one of its pods has taken a port that collides with this one. */
  public boolean isTaken(HostPort port) {
    for (PodDemand pod : pods.values()) {
      for (HostPort taken : pod.hostPorts()) {
        if (taken.collidesWith(port)) {
          return true;
        }
      }
    }
    return false;
  }
}
