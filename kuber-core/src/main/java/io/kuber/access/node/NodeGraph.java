package io.kuber.access.node;

import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.store.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes need what: a node what its pods refer to, and the secrets of persistent volumes that
 * its pods claim.
 *
 * <p>The applier of the store only puts changes into a queue, which the loop empties as soon as it
 * can; that bounds it. The references are guarded by the monitor.
 */
final class NodeGraph implements Store.Listener {
  private static final String PODS = Resources.PODS.qualifiedName();
  private static final String VOLUMES = Resources.PERSISTENT_VOLUMES.qualifiedName();

  private final Store store;
  private final Loop loop;
  private final Queue<Change> waiting = new ConcurrentLinkedQueue<>();

  /** How many pods of a node refer to a thing. */
  private final Map<Key, Map<String, Integer>> needs = new HashMap<>();

  /** The persistent volumes that refer to a secret. */
  private final Map<Key, Map<String, Integer>> volumesOf = new HashMap<>();

  /** Of the last change; known to the applier alone. */
  private long revision;

  /**
   * Something to take in.
   *
   * @param delta what changed; null when changes were missed
   * @param image the image then, with which to begin anew when changes were missed
   */
  private record Change(@Nullable Delta delta, Image image) {}

  private NodeGraph(Store store, Loop loop) {
    this.store = store;
    this.loop = loop;
  }

  /** A graph that follows the store from now on. */
  static NodeGraph of(Store store, Loop loop) {
    NodeGraph graph = new NodeGraph(store, loop);
    synchronized (graph) {
      graph.readAll(store.subscribe(graph));
    }
    return graph;
  }

  @Override
  public void changed(Delta delta, Image image) {
    boolean follows = delta.revision() == revision + 1;
    revision = delta.revision();
    String resource = delta.key().resource();
    if (!follows || resource.equals(PODS) || resource.equals(VOLUMES)) {
      add(new Change(follows ? delta : null, image));
    }
  }

  @Override
  public void replaced(Image snapshot) {
    revision = snapshot.revision();
    add(new Change(null, snapshot));
  }

  private void add(Change change) {
    waiting.add(change);
    loop.execute(this::takeIn);
  }

  private synchronized void takeIn() {
    for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
      Delta delta = change.delta();
      if (delta == null) {
        readAll(change.image());
      } else {
        takeIn(delta);
      }
    }
  }

  private void takeIn(Delta delta) {
    Stored before = delta.before();
    if (before != null) {
      count(before, -1);
    }
    if (!delta.deleted()) {
      count(delta.after(), 1);
    }
  }

  private void readAll(Image image) {
    needs.clear();
    volumesOf.clear();
    for (String resource : List.of(PODS, VOLUMES)) {
      image.scan(resource, "", null).forEachRemaining(stored -> count(stored, 1));
    }
  }

  private void count(Stored stored, int by) {
    KubeObject object = stored.object();
    if (stored.key().resource().equals(VOLUMES)) {
      References.ofPersistentVolume(object)
          .forEach(key -> count(volumesOf, key, object.name(), by));
      return;
    }
    String node = object.spec().text("nodeName");
    if (!node.isEmpty()) {
      needed(object).forEach(key -> count(needs, key, node, by));
    }
  }

  /** A pod that has ended may still be asked for, but needs nothing any more. */
  private static Set<Key> needed(KubeObject pod) {
    return pod.status().text("phase").matches("Succeeded|Failed")
        ? Set.of(Resources.PODS.keyOf(pod))
        : References.ofPod(pod);
  }

  private static void count(Map<Key, Map<String, Integer>> counts, Key key, String whose, int by) {
    Map<String, Integer> of = counts.computeIfAbsent(key, unused -> new HashMap<>());
    of.merge(whose, by, Integer::sum);
    of.values().removeIf(count -> count == 0);
    if (of.isEmpty()) {
      counts.remove(key);
    }
  }

  /** Whether the node needs a pod, a secret, or whatever else pods refer to. */
  synchronized boolean needs(String node, Key key) {
    takeIn();
    return isCounted(key, node)
        || volumesOf.getOrDefault(key, Map.of()).keySet().stream()
            .anyMatch(volume -> claims(node, volume));
  }

  /** Whether the node needs a persistent volume: a pod of it refers to the claim. */
  synchronized boolean needsVolume(String node, String volume) {
    takeIn();
    return claims(node, volume);
  }

  private boolean claims(String node, String volume) {
    Stored stored = store.image().get(Resources.PERSISTENT_VOLUMES.key("", volume));
    return stored != null && isCounted(claim(stored), node);
  }

  private static Key claim(Stored volume) {
    Tree claim = volume.object().spec().tree("claimRef");
    return Resources.PERSISTENT_VOLUME_CLAIMS.key(claim.text("namespace"), claim.text("name"));
  }

  private boolean isCounted(Key key, String node) {
    return needs.getOrDefault(key, Map.of()).containsKey(node);
  }

  /** Whether the data of a persistent volume is on the node. */
  boolean keepsData(String node, String volume) {
    Stored stored = store.image().get(Resources.PERSISTENT_VOLUMES.key("", volume));
    return stored != null
        && LocalVolume.of(stored.object()).filter(local -> local.node().equals(node)).isPresent();
  }

  /** The value of a field in the spec of an object of cluster scope; null when there is none. */
  @Nullable String specOf(Key key, String field) {
    Stored stored = store.image().get(key);
    return stored == null ? null : stored.object().spec().text(field);
  }
}
