package io.kuber.node;

import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pods that an earlier run of the agent left on the machine. Each is taken over when its object
 * is heard of; when all objects have been, what is left of others is removed.
 *
 * <p>Owned by the node's loop; what takes long runs on worker threads.
 */
final class EarlierPods {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierPods.class);

  private final PodMachinery machinery;
  private final Loop loop;
  private final Executor workers;
  private final Heir heir;

  /** Those that nobody has asked for yet. */
  private final Set<String> left;

  /** Files of pods that were there before this agent had any: what it makes is not among them. */
  private final List<Path> files;

  /** What is being taken over, each with the newest object that was heard of. */
  private final Map<String, KubeObject> underWay = new HashMap<>();

  private final Set<String> goneMeanwhile = new HashSet<>();
  private boolean searched;

  /** Goes on with a pod that was taken over. */
  interface Heir {
    /**
     * A pod has been taken over.
     *
     * @param isGone whether its object is gone meanwhile
     */
    void inherit(KubeObject pod, Inheritance inheritance, boolean isGone);
  }

  EarlierPods(PodMachinery machinery, Loop loop, Executor workers, Heir heir) {
    this.machinery = machinery;
    this.loop = loop;
    this.workers = workers;
    this.heir = heir;
    this.left = new HashSet<>(machinery.runtime().sandboxes());
    this.files = PodFiles.all(machinery.config());
  }

  /** Whether a pod is being taken over, or begins to be; the heir gets it when that is done. */
  boolean holds(KubeObject pod) {
    String uid = pod.uid();
    if (underWay.replace(uid, pod) != null) {
      return true;
    }
    if (!left.remove(uid)) {
      return false;
    }
    underWay.put(uid, pod);
    workers.execute(
        () -> {
          Inheritance inheritance = take(pod);
          loop.execute(() -> handOver(uid, inheritance));
        });
    return true;
  }

  /** A pod's object is gone. */
  void removed(KubeObject pod) {
    if (underWay.containsKey(pod.uid())) {
      goneMeanwhile.add(pod.uid());
    }
  }

  /** What cannot be taken over is ended, and the pod begins anew. */
  private Inheritance take(KubeObject pod) {
    try {
      return Inheritance.take(machinery, loop, workers, pod);
    } catch (IOException | RuntimeException e) {
      LOG.warn("pod {}/{} begins anew: {}", pod.namespace(), pod.name(), Refusals.text(e));
      remove(Set.of(pod.uid()));
      return Inheritance.none(machinery, loop, workers, pod);
    }
  }

  private void handOver(String uid, Inheritance inheritance) {
    KubeObject newest = underWay.remove(uid);
    if (newest != null) {
      heir.inherit(newest, inheritance, goneMeanwhile.remove(uid));
    }
  }

  /**
   * All objects have been heard of: what is left of other pods is removed, the first time.
   *
   * @param known the uids of all pods of this node
   */
  void removeOthers(Set<String> known) {
    if (searched) {
      return;
    }
    searched = true;
    Set<String> others = new HashSet<>(left);
    others.removeAll(known);
    left.removeAll(others);
    workers.execute(
        () -> {
          remove(others);
          PodFiles.deleteOthers(files, known);
        });
  }

  private void remove(Set<String> pods) {
    try {
      if (!pods.isEmpty()) {
        LOG.info("removing what an earlier run left: {}", machinery.runtime().reclaim(pods));
        pods.forEach(machinery.links()::detach);
      }
    } catch (RuntimeException e) {
      LOG.warn("something of an earlier run stays behind: {}", e.toString());
    }
  }
}
