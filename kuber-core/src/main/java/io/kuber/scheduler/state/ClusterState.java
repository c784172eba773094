package io.kuber.scheduler.state;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.store.Image;
import io.kuber.store.Key;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, what pods take of them, assumed pods included, and the tallies that follow from that.
 * Owned by the scheduler's loop.
 */
public final class ClusterState {
  private record Place(PodEntry pod, String node) {}

  private final Namespaces namespaces = new Namespaces();
  private final Map<String, NodeState> nodes = new TreeMap<>();
  private final BitSet slots = new BitSet();
  private final Map<Key, PodEntry> pods = new HashMap<>();
  private final Map<Key, Place> places = new HashMap<>();
  private final Map<String, Map<Key, PodEntry>> homeless = new HashMap<>();
  private final Tallies tallies = new Tallies(namespaces, nodes::values);
  private final DefaultSpread defaults = new DefaultSpread();
  private final Shapes shapes = new Shapes(tallies::made, this::forgotten);
  private final ImageSpread images = new ImageSpread();
  private final Claims claims = new Claims();
  private final Nominations nominations = new Nominations(this::othersWaitFor);
  private final Assumptions assumptions = new Assumptions();
  private final VolumeLimits volumeLimits = new VolumeLimits();
  private final Versions versions = new Versions();
  private Image image;
  private @Nullable List<NodeState> order;

  /** A state without nodes, whose other objects are those of an image. */
  public ClusterState(Image image) {
    this.image = image;
  }

  /** The image up to which changes were taken in. */
  public Image image() {
    return image;
  }

  /** Goes on to the next image. */
  public void advance(Image next) {
    image = next;
  }

  private void othersWaitFor(String name) {
    NodeState node = nodes.get(name);
    if (node != null) {
      node.othersWait();
    }
  }

  private void forgotten(PodShape shape) {
    tallies.forgotten(shape);
    defaults.forget(shape);
  }

  /** The nodes in the order in which they are asked. */
  public List<NodeState> nodes() {
    List<NodeState> known = order;
    if (known == null) {
      known = NodeOrder.of(nodes.values());
      order = known;
    }
    return known;
  }

  /** The node of that name, or null. */
  public @Nullable NodeState node(String name) {
    return nodes.get(name);
  }

  /** The labels of namespaces. */
  public Namespaces namespaces() {
    return namespaces;
  }

  /** Who waits for which node. */
  public Nominations nominations() {
    return nominations;
  }

  /** What was decided about volumes and is not written yet. */
  public Assumptions assumptions() {
    return assumptions;
  }

  /** How many volumes nodes attach. */
  public VolumeLimits volumeLimits() {
    return volumeLimits;
  }

  /** The tallies that pods of the shape are decided by. */
  public Needs needs(PodShape shape) {
    return tallies.needs(shape, defaults.softRules(shape, image));
  }

  /** On how many nodes an image is. */
  public int nodesWithImage(String name) {
    return images.of(name);
  }

  /** How many pods on nodes mount the claim. */
  public int usersOf(Key claim) {
    return claims.users(claim);
  }

  /** Takes in a node, new or changed. */
  public NodeState putNode(KubeObject object) {
    NodeState known = nodes.get(object.name());
    return known == null ? addNode(object) : changeNode(known, object);
  }

  private NodeState addNode(KubeObject object) {
    int slot = slots.nextClearBit(0);
    slots.set(slot);
    NodeState node = new NodeState(slot, object, versions);
    Map<Key, PodEntry> waiting = homeless.remove(object.name());
    if (waiting != null) {
      waiting.values().forEach(node::add);
    }
    nodes.put(object.name(), node);
    images.add(node);
    tallies.join(node);
    order = null;
    return node;
  }

  private NodeState changeNode(NodeState node, KubeObject object) {
    boolean moves =
        !node.labels().equals(object.metadata().tree("labels"))
            || !node.taints().equals(object.spec().items("taints").trees());
    if (moves) {
      tallies.leave(node);
      order = null;
    }
    images.remove(node);
    node.update(object);
    images.add(node);
    if (moves) {
      tallies.join(node);
    }
    return node;
  }

  /** Forgets a node; its pods wait until it is back, or are deleted. */
  public Optional<NodeState> removeNode(String name) {
    NodeState node = nodes.remove(name);
    if (node == null) {
      return Optional.empty();
    }
    tallies.leave(node);
    images.remove(node);
    slots.clear(node.slot());
    order = null;
    if (node.podCount() > 0) {
      Map<Key, PodEntry> left = homeless.computeIfAbsent(name, unused -> new HashMap<>());
      node.pods().forEach(pod -> left.put(pod.key(), pod));
    }
    return Optional.of(node);
  }

  /** The pod of that key, pending or on a node, or null. */
  public @Nullable PodEntry pod(Key key) {
    return pods.get(key);
  }

  /** Takes in the newest state of a pod, which stays on the node where it counts, if it does. */
  public PodEntry putPod(Key key, KubeObject object) {
    PodEntry pod = PodEntry.of(key, object, shapes.hold(object));
    PodEntry old = pods.put(key, pod);
    if (old != null) {
      Place place = places.get(key);
      if (place != null) {
        unplace(key);
        place(pod, place.node());
      }
      shapes.release(old.shape());
    }
    return pod;
  }

  /** Forgets a pod. */
  public void removePod(Key key) {
    unplace(key);
    PodEntry old = pods.remove(key);
    if (old != null) {
      shapes.release(old.shape());
    }
  }

  /** Where a pod counts; empty where it does not. */
  public Optional<String> placeOf(Key key) {
    return Optional.ofNullable(places.get(key)).map(Place::node);
  }

  /** Counts a pod on a node, and nowhere else; a node that is not known yet may come. */
  public void place(PodEntry pod, String nodeName) {
    unplace(pod.key());
    places.put(pod.key(), new Place(pod, nodeName));
    claims.count(pod, 1);
    NodeState node = nodes.get(nodeName);
    if (node == null) {
      homeless.computeIfAbsent(nodeName, unused -> new HashMap<>()).put(pod.key(), pod);
    } else {
      node.add(pod);
      tallies.count(node, pod.shape(), pod.stopping(), 1);
    }
  }

  /** Counts a pod on no node. */
  public void unplace(Key key) {
    Place place = places.remove(key);
    if (place == null) {
      return;
    }
    claims.count(place.pod(), -1);
    NodeState node = nodes.get(place.node());
    if (node != null) {
      node.remove(place.pod());
      tallies.count(node, place.pod().shape(), place.pod().stopping(), -1);
      return;
    }
    Map<Key, PodEntry> waiting = homeless.get(place.node());
    if (waiting != null && waiting.remove(key) != null && waiting.isEmpty()) {
      homeless.remove(place.node());
    }
  }

  /**
   * Asks what would be if other pods counted on a node: the question places and unplaces pods
   * there, and undoes that before it answers. What is known about the node stays known.
   */
  public <T extends @Nullable Object> T suppose(NodeState node, Supplier<T> question) {
    long version = node.podsVersion();
    T answer = question.get();
    node.restore(version);
    return answer;
  }

  /** Takes in the labels of a namespace; returns whether they changed. */
  public boolean putNamespace(String name, Tree labels) {
    if (namespaces.labels(name).equals(labels)) {
      return false;
    }
    tallies.namespaceChanges(() -> namespaces.put(name, labels));
    return true;
  }

  /** Forgets a namespace. */
  public void removeNamespace(String name) {
    tallies.namespaceChanges(() -> namespaces.remove(name));
  }

  /** Whether changes of this resource may change by what pods are spread. */
  public static boolean spreads(String resource) {
    return DefaultSpread.SOURCES.contains(resource);
  }

  /** Something that selects pods changed; null stands for not there. */
  public void selectorChanged(@Nullable KubeObject before, @Nullable KubeObject after) {
    defaults.changed(before, after);
  }

  /** All tallies there are, for whoever checks them. */
  List<Tally> tallies() {
    return tallies.all();
  }
}
