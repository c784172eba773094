package io.kuber.node;

import io.kuber.container.ContainerMount;
import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.node.ObjectWatches.Follower;
import io.kuber.node.ObjectWatches.Reference;
import io.kuber.node.volume.VolumeException;
import io.kuber.node.volume.VolumeMounts;
import io.kuber.node.volume.Volumes;
import io.kuber.node.volume.Volumes.SizeLimit;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A pod's volumes, and what keeps their files up to date while it runs: watches of the objects that
 * they show, changes of the pod itself, and tokens that get old.
 *
 * <p>For any thread; the monitor guards the fields. Files are written on worker threads only.
 */
final class PodVolumes {
  /** As upstream's pkg/util/goroutinemap/exponentialbackoff. */
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);

  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(122);

  /** After an update that nobody had time for, and the least time between two tokens. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ClusterObjects objects;
  private final PodMachinery machinery;
  private final Loop loop;
  private final Executor workers;
  private volatile VolumeListener listener = VolumeListener.NOBODY;
  private final Volumes volumes;
  private final PodTokens tokens;
  private final Map<Reference, Follower> followed = new LinkedHashMap<>();
  private KubeObject pod;
  private boolean isMade;
  private boolean updateIsDue;
  private Duration backOff = FIRST_BACK_OFF;
  private @Nullable Timer renewal;

  /** Volumes that {@link #make} makes. */
  PodVolumes(PodMachinery machinery, Loop loop, Executor workers, KubeObject pod) {
    this.machinery = machinery;
    this.objects = machinery.objects();
    this.loop = loop;
    this.workers = workers;
    this.pod = pod;
    this.tokens = new PodTokens(objects, machinery.clock(), pod);
    Path directory =
        machinery.config().directory().resolve("pods").resolve(pod.uid()).resolve("volumes");
    this.volumes =
        new Volumes(
            directory,
            new PodVolumeSources(machinery, this::pod, tokens),
            VolumeMounts.ofMachine());
  }

  /** Who hears of them from now on. */
  void tell(VolumeListener newListener) {
    listener = newListener;
  }

  private synchronized KubeObject pod() {
    return pod;
  }

  /**
   * Makes what is not made yet, and finds again what an earlier run of the agent made; blocks.
   *
   * @throws VolumeException about the first volume that cannot be made
   */
  void make() {
    follow();
    volumes.make(pod());
    synchronized (this) {
      isMade = true;
    }
    resetBackOff();
    awaitRenewal();
  }

  private synchronized void follow() {
    for (Reference reference : VolumeReferences.of(pod)) {
      followed.computeIfAbsent(
          reference, unused -> objects.watches().follow(reference, loop, this::updateSoon));
    }
  }

  /** How long to wait before the next attempt; each time longer until one succeeds. */
  synchronized Duration backOff() {
    Duration now = backOff;
    Duration next = now.multipliedBy(2);
    backOff = next.compareTo(LONGEST_BACK_OFF) < 0 ? next : LONGEST_BACK_OFF;
    return now;
  }

  /** The pod object changed: files may show its labels and annotations. */
  void changed(KubeObject newer) {
    boolean differs;
    synchronized (this) {
      differs =
          isMade
              && !(newer.labels().equals(pod.labels())
                  && newer.annotations().equals(pod.annotations()));
      pod = newer;
    }
    if (differs) {
      updateSoon();
    }
  }

  /** Updates that come close together are one. */
  private void updateSoon() {
    if (!isMade()) {
      listener.mayTryAgain();
    } else if (claimUpdate()) {
      try {
        workers.execute(this::update);
      } catch (RejectedExecutionException tooMuch) {
        begin();
        loop.schedule(RETRY, this::updateSoon);
      }
    }
  }

  private synchronized boolean isMade() {
    return isMade;
  }

  private synchronized boolean claimUpdate() {
    boolean first = !updateIsDue;
    updateIsDue = true;
    return first;
  }

  private synchronized boolean begin() {
    updateIsDue = false;
    return isMade;
  }

  private void update() {
    if (!begin()) {
      return;
    }
    try {
      volumes.refresh(pod());
      resetBackOff();
    } catch (VolumeException e) {
      listener.updateFailed(e);
      loop.schedule(backOff(), this::updateSoon);
    }
    awaitRenewal();
  }

  private synchronized void resetBackOff() {
    backOff = FIRST_BACK_OFF;
  }

  private synchronized void awaitRenewal() {
    if (renewal != null) {
      renewal.cancel();
      renewal = null;
    }
    if (isMade) {
      renewal =
          tokens
              .nextRenewal()
              .map(at -> Duration.between(machinery.clock().instant(), at))
              .map(
                  wait -> loop.schedule(wait.compareTo(RETRY) < 0 ? RETRY : wait, this::updateSoon))
              .orElse(null);
    }
  }

  /**
   * What a container mounts.
   *
   * @throws ContainerConfigException when its mounts are not possible
   */
  List<ContainerMount> mounts(Tree container, Map<String, String> environment) {
    try {
      return volumes.mounts(container, text -> Expansion.expandKnown(text, environment));
    } catch (VolumeException e) {
      throw new ContainerConfigException(Refusals.text(e));
    }
  }

  /**
   * The text of a file that another container left in a volume; empty where there is none.
   *
   * @throws ContainerConfigException when it cannot be read
   */
  Optional<String> file(String volume, String path) {
    try {
      return volumes.file(volume, path);
    } catch (VolumeException e) {
      throw new ContainerConfigException(Refusals.text(e));
    }
  }

  /** The limits of its empty directories, for whoever watches over the disk. */
  List<SizeLimit> sizeLimits() {
    return volumes.sizeLimits(pod());
  }

  /** Ends the updates and removes what was made. May be repeated. */
  void remove() {
    List<Follower> ended;
    synchronized (this) {
      isMade = false;
      if (renewal != null) {
        renewal.cancel();
        renewal = null;
      }
      ended = List.copyOf(followed.values());
      followed.clear();
    }
    ended.forEach(Follower::close);
    volumes.remove();
    machinery.volumes().release(pod().uid());
  }
}
