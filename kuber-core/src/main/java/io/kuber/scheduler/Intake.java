package io.kuber.scheduler;

import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.scheduler.state.ClusterState;
import io.kuber.scheduler.state.Happening;
import io.kuber.scheduler.state.PodEntry;
import io.kuber.store.Delta;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import io.kuber.view.Pods;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns changes of the store into the state and into wake-ups. Owned by the scheduler's loop. */
final class Intake {
  private static final String NODES = Resources.NODES.qualifiedName();
  private static final String PODS = Resources.PODS.qualifiedName();
  private static final String CSI_NODES = Resources.CSI_NODES.qualifiedName();
  private static final String NAMESPACES = Resources.NAMESPACES.qualifiedName();

  /** What only wakes pods; the rules read it from the image. */
  private static final Set<String> STORAGE =
      Set.of(
          Resources.PERSISTENT_VOLUMES.qualifiedName(),
          Resources.PERSISTENT_VOLUME_CLAIMS.qualifiedName(),
          Resources.STORAGE_CLASSES.qualifiedName(),
          Resources.CSI_NODES.qualifiedName(),
          Resources.CSI_DRIVERS.qualifiedName(),
          Resources.CSI_STORAGE_CAPACITIES.qualifiedName());

  /** What is read from the image when it is needed. */
  private static final String BUDGETS = Resources.POD_DISRUPTION_BUDGETS.qualifiedName();

  private final Set<String> names;
  private final ClusterState cluster;
  private final PodQueue queue;
  private final Wakeup wakeup;
  private final VolumePreparation volumes;
  private final Writes writes;
  private final InstantSource clock;

  Intake(
      List<Profile> profiles,
      ClusterState cluster,
      PodQueue queue,
      Wakeup wakeup,
      VolumePreparation volumes,
      Writes writes,
      InstantSource clock) {
    this.names = profiles.stream().map(Profile::name).collect(Collectors.toSet());
    this.cluster = cluster;
    this.queue = queue;
    this.wakeup = wakeup;
    this.volumes = volumes;
    this.writes = writes;
    this.clock = clock;
  }

  /** Whether changes of a resource matter here. */
  static boolean follows(String resource) {
    return resource.equals(PODS)
        || resource.equals(NODES)
        || resource.equals(NAMESPACES)
        || resource.equals(BUDGETS)
        || STORAGE.contains(resource)
        || ClusterState.spreads(resource);
  }

  /** Takes in all that the first image holds. */
  void begin() {
    Image base = cluster.image();
    base.scan(NAMESPACES, "", null)
        .forEachRemaining(s -> cluster.putNamespace(s.key().name(), s.passingLabels()));
    base.scan(NODES, "", null).forEachRemaining(stored -> cluster.putNode(stored.object()));
    base.scan(CSI_NODES, "", null)
        .forEachRemaining(stored -> cluster.volumeLimits().put(stored.key().name(), stored));
    base.scan(PODS, "", null).forEachRemaining(this::podChanged);
  }

  /** Takes in a change, and the image right after it. */
  void take(Delta delta, Image image) {
    cluster.advance(image);
    String resource = delta.key().resource();
    if (resource.equals(PODS)) {
      if (delta.deleted()) {
        podGone(delta.key());
      } else {
        podChanged(delta.after());
      }
    } else if (resource.equals(NODES)) {
      nodeChanged(delta);
    } else if (resource.equals(NAMESPACES)) {
      namespaceChanged(delta);
    } else if (ClusterState.spreads(resource)) {
      Stored before = delta.before();
      cluster.selectorChanged(
          before == null ? null : before.object(), delta.deleted() ? null : delta.after().object());
    } else if (STORAGE.contains(resource)) {
      if (resource.equals(CSI_NODES)) {
        cluster.volumeLimits().put(delta.key().name(), delta.deleted() ? null : delta.after());
      }
      volumes.changed();
      objectChanged(delta);
    }
  }

  private void objectChanged(Delta delta) {
    wakeup.happened(
        new Happening.ObjectChanged(
            delta.key().resource(), delta.before(), delta.deleted() ? null : delta.after()));
  }

  private void namespaceChanged(Delta delta) {
    String name = delta.key().name();
    if (delta.deleted()) {
      cluster.removeNamespace(name);
      objectChanged(delta);
    } else if (cluster.putNamespace(name, delta.after().object().metadata().tree("labels"))) {
      objectChanged(delta);
    }
  }

  private void nodeChanged(Delta delta) {
    if (delta.deleted()) {
      cluster
          .removeNode(delta.key().name())
          .ifPresent(node -> wakeup.happened(new Happening.NodeLeft(node)));
      return;
    }
    Stored before = delta.before();
    if (before == null || isOther(before.object(), delta.after().object())) {
      wakeup.happened(new Happening.NodeCame(cluster.putNode(delta.after().object())));
    }
  }

  /** Heartbeats change nothing. */
  private static boolean isOther(KubeObject old, KubeObject now) {
    return !old.spec().equals(now.spec())
        || !old.metadata().tree("labels").equals(now.metadata().tree("labels"))
        || !old.status().tree("allocatable").equals(now.status().tree("allocatable"))
        || !old.status().items("images").equals(now.status().items("images"));
  }

  private void podGone(Key key) {
    PodEntry pod = cluster.pod(key);
    queue.remove(key);
    if (pod != null) {
      String node = cluster.nominations().withdraw(key).or(() -> cluster.placeOf(key)).orElse("");
      cluster.removePod(key);
      volumes.cancel(key);
      wakeup.podLeft(pod, node);
    }
  }

  private void podChanged(Stored stored) {
    KubeObject object = stored.object();
    Key key = stored.key();
    if (Pods.isFinished(object)) {
      podGone(key);
    } else if (!Pods.nodeName(object).isEmpty()) {
      bound(key, object);
    } else {
      pending(key, object);
    }
  }

  private void bound(Key key, KubeObject object) {
    PodEntry old = cluster.pod(key);
    String place = cluster.placeOf(key).orElse("");
    queue.remove(key);
    cluster.nominations().withdraw(key);
    PodEntry pod = cluster.putPod(key, object);
    String node = pod.nodeName();
    if (!place.equals(node)) {
      cluster.place(pod, node);
      if (old != null && !place.isEmpty()) {
        wakeup.podLeft(old, place);
      }
      wakeup.podCame(pod, node);
    } else if (old != null && isOther(old, pod)) {
      wakeup.podLeft(old, node);
      wakeup.podCame(pod, node);
    }
  }

  private static boolean isOther(PodEntry old, PodEntry pod) {
    return old.shape() != pod.shape() || old.stopping() != pod.stopping();
  }

  private void pending(Key key, KubeObject object) {
    PodEntry pod = cluster.putPod(key, object);
    boolean ours = names.contains(pod.schedulerName()) && Pods.isActive(object);
    if (!ours) {
      if (queue.has(key) && pod.stopping()) {
        writes.skip(pod);
      }
      queue.remove(key);
      withdraw(pod);
      if (!Pods.isActive(object) && cluster.placeOf(key).isEmpty()) {
        cluster.removePod(key);
      }
      return;
    }
    if (cluster.placeOf(key).isEmpty()) {
      nominate(pod);
      queue.put(pod, clock.instant());
    }
  }

  private void withdraw(PodEntry pod) {
    cluster.nominations().withdraw(pod.key()).ifPresent(node -> wakeup.podLeft(pod, node));
  }

  /** What the status says holds, unless something newer is known here. */
  private void nominate(PodEntry pod) {
    @Nullable String here = cluster.nominations().nodeOf(pod.key()).orElse(null);
    String there = pod.nominatedNode();
    if (here != null) {
      cluster.nominations().nominate(pod, here);
    } else if (!there.isEmpty() && !queue.has(pod.key())) {
      cluster.nominations().nominate(pod, there);
    }
  }
}
