package io.kuber.scheduler.state;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.store.Key;
import io.kuber.view.HostPort;
import io.kuber.view.Toleration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node and what its pods, bound or about to be, take of it. Owned by the scheduler's loop. */
public final class NodeState {
  /** How many pods of one shape a node has. */
  static final class Count {
    int running;
    int stopping;
  }

  private final Versions versions;
  private final int slot;
  private final String name;
  private final Map<Key, PodEntry> pods = new LinkedHashMap<>();
  private final Map<Key, PodEntry> claimants = new LinkedHashMap<>();
  private final Map<PodShape, Count> shapes = new HashMap<>();
  private final Map<String, Long> others = new HashMap<>();
  private final List<HostPort> ports = new ArrayList<>(0);
  private KubeObject node;
  private Tree labels = Tree.EMPTY;
  private Amounts allocatable = Amounts.NONE;
  private long maxPods;
  private List<Tree> taints = List.of();
  private boolean unschedulable;
  private Map<String, Long> images = Map.of();
  private int claims;
  private long milliCpu;
  private long memory;
  private long ephemeral;
  private long scoredMilliCpu;
  private long scoredMemory;
  private long version;
  private long podsVersion;

  /**
   * A node without pods.
   *
   * @param slot a number that no other node has now
   * @param versions gives no number that the state of any node had before
   */
  NodeState(int slot, KubeObject node, Versions versions) {
    this.versions = versions;
    this.slot = slot;
    this.name = node.name();
    this.node = node;
    update(node);
  }

  /** Takes in a newer state of the node itself. */
  void update(KubeObject newer) {
    node = newer;
    labels = newer.metadata().tree("labels");
    Tree amounts = newer.status().tree("allocatable");
    allocatable = Amounts.of(amounts);
    Object most = amounts.get("pods");
    maxPods = most == null ? 0 : Quantity.of(most).value();
    taints = newer.spec().items("taints").trees();
    unschedulable = newer.spec().isTrue("unschedulable");
    images = images(newer.status().items("images"));
    version = versions.next();
    podsVersion = version;
  }

  private static Map<String, Long> images(Items there) {
    if (there.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> images = new HashMap<>();
    for (Tree image : there.trees()) {
      long bytes = image.number(0, "sizeBytes");
      image.items("names").texts().forEach(name -> images.put(name, bytes));
    }
    return images;
  }

  void add(PodEntry pod) {
    if (pods.put(pod.key(), pod) != null) {
      throw new IllegalStateException(pod.key() + " counts on " + name() + " already");
    }
    if (!pod.claims().isEmpty()) {
      claimants.put(pod.key(), pod);
    }
    Count count = shapes.computeIfAbsent(pod.shape(), unused -> new Count());
    count.running += pod.stopping() ? 0 : 1;
    count.stopping += pod.stopping() ? 1 : 0;
    claims += pod.claims().size();
    ports.addAll(pod.shape().hostPorts());
    take(pod.shape(), 1);
  }

  void remove(PodEntry pod) {
    PodEntry known = pods.remove(pod.key());
    Count count = shapes.get(pod.shape());
    if (known == null || count == null) {
      throw new IllegalStateException(pod.key() + " does not count on " + name());
    }
    claimants.remove(pod.key());
    count.running -= known.stopping() ? 0 : 1;
    count.stopping -= known.stopping() ? 1 : 0;
    if (count.running + count.stopping == 0) {
      shapes.remove(pod.shape());
    }
    claims -= known.claims().size();
    pod.shape().hostPorts().forEach(ports::remove);
    take(pod.shape(), -1);
  }

  private void take(PodShape shape, int sign) {
    Amounts requests = shape.requests();
    milliCpu += sign * requests.milliCpu();
    memory += sign * requests.memory();
    ephemeral += sign * requests.ephemeral();
    requests.others().forEach((name, amount) -> others.merge(name, sign * amount, Long::sum));
    scoredMilliCpu += sign * shape.scored().milliCpu();
    scoredMemory += sign * shape.scored().memory();
    othersWait();
  }

  /** Other pods wait for this node than before. */
  void othersWait() {
    podsVersion = versions.next();
  }

  /** All is as it was at that version again. */
  void restore(long formerVersion) {
    podsVersion = formerVersion;
  }

  /** A number for arrays of nodes. */
  public int slot() {
    return slot;
  }

  /** Never the same for two states of any nodes, whatever their pods. */
  public long version() {
    return version;
  }

  /**
   * Never the same for two states of any nodes, of their pods, or of those who wait for them: what
   * follows from these alone holds as long as this number does.
   */
  public long podsVersion() {
    return podsVersion;
  }

  /** The node itself. */
  public KubeObject node() {
    return node;
  }

  /** The name of the node. */
  public String name() {
    return name;
  }

  /** The labels of the node. */
  public Tree labels() {
    return labels;
  }

  /** The taints of the node. */
  public List<Tree> taints() {
    return taints;
  }

  /** Whether the node is cordoned. */
  public boolean isUnschedulable() {
    return unschedulable;
  }

  /** Whether nothing keeps a pod with these tolerations off. */
  boolean taintsAllow(List<Toleration> tolerations) {
    for (Tree taint : taints) {
      if (!taint.text("effect").equals("PreferNoSchedule")
          && !PodShape.covers(tolerations, taint)) {
        return false;
      }
    }
    return true;
  }

  /** What the node has for pods. */
  public Amounts allocatable() {
    return allocatable;
  }

  /** How many pods it can take. */
  public long maxPods() {
    return maxPods;
  }

  /** How many pods it has. */
  public int podCount() {
    return pods.size();
  }

  /** Its pods, in the order in which they came. */
  public Collection<PodEntry> pods() {
    return Collections.unmodifiableCollection(pods.values());
  }

  /** Those of its pods that mount claims. */
  public Collection<PodEntry> claimants() {
    return Collections.unmodifiableCollection(claimants.values());
  }

  /** How many claims its pods mount; one that two pods mount counts twice. */
  public int claims() {
    return claims;
  }

  /** The pod of that key, or null when it does not count here. */
  public @Nullable PodEntry pod(Key key) {
    return pods.get(key);
  }

  Map<PodShape, Count> shapes() {
    return shapes;
  }

  /** The size of an image that the node has, or null. */
  public @Nullable Long image(String name) {
    return images.get(name);
  }

  Map<String, Long> images() {
    return images;
  }

  /** CPU that its pods reserve, in thousandths. */
  public long milliCpu() {
    return milliCpu;
  }

  /** Memory that its pods reserve, in bytes. */
  public long memory() {
    return memory;
  }

  /** Ephemeral storage that its pods reserve, in bytes. */
  public long ephemeral() {
    return ephemeral;
  }

  /** What its pods reserve of a resource; see {@link Amounts#of(String)}. */
  public long requested(String resource) {
    return switch (resource) {
      case "cpu" -> milliCpu;
      case "memory" -> memory;
      case "ephemeral-storage" -> ephemeral;
      default -> others.getOrDefault(resource, 0L);
    };
  }

  /** The same as it counts in scores. */
  public long scored(String resource) {
    return switch (resource) {
      case "cpu" -> scoredMilliCpu;
      case "memory" -> scoredMemory;
      default -> requested(resource);
    };
  }

  /** Whether one of its pods has taken a port that collides with this one. */
  public boolean isTaken(HostPort port) {
    for (HostPort taken : ports) {
      if (taken.collidesWith(port)) {
        return true;
      }
    }
    return false;
  }
}
