package io.kuber.node;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.loop.Loop;
import io.kuber.node.ObjectWatches.Follower;
import io.kuber.node.ObjectWatches.Reference;
import io.kuber.node.volume.Disk;
import io.kuber.node.volume.SizedVolumes;
import io.kuber.node.volume.VolumeData;
import io.kuber.node.volume.VolumeException;
import io.kuber.node.volume.VolumeMounts;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.resource.LocalVolume;
import io.kuber.resource.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The persistent volumes whose data this node keeps. Before a volume is used for the first time,
 * its object gets the node's finalizer; when the object is being deleted, and nothing else holds it
 * any more, the node deletes the data, or leaves it where the policy is to retain, and lets go.
 *
 * <p>A loop of its own owns the state, and waits for the disk and the API; {@link #keep} may be
 * called by any thread that may wait.
 *
 * <p><b>Invariant:</b> data is deleted only on the word of an object that is there, that names this
 * node, and that nobody else holds; an object that cannot be found means nothing.
 */
public final class KeptVolumes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptVolumes.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** Others write the object too, just when its first pod comes. */
  private static final int ATTEMPTS = 5;

  private final ClusterObjects objects;
  private final VolumeData data;
  private final SizedVolumes disks;
  private final DiskGrowth growth;
  private final String node;
  private final Loop loop;
  private final Map<String, Follower> followed = new HashMap<>();
  private boolean closed;

  private KeptVolumes(
      ClusterObjects objects, VolumeData data, SizedVolumes disks, String node, Loop loop) {
    this.objects = objects;
    this.data = data;
    this.disks = disks;
    this.growth = new DiskGrowth(objects, disks);
    this.node = node;
    this.loop = loop;
  }

  /**
   * The volumes of a node, those that an earlier run has kept among them.
   *
   * @param loop becomes theirs, and waits at times
   */
  public static KeptVolumes start(ClusterObjects objects, NodeConfig config, Loop loop) {
    Path root = config.directory().resolve("volumes");
    VolumeMounts mounts = VolumeMounts.ofMachine();
    KeptVolumes volumes =
        new KeptVolumes(
            objects,
            new VolumeData(root, mounts),
            new SizedVolumes(root, config.directory().resolve("pods"), mounts),
            config.name(),
            loop);
    loop.execute(volumes::goOn);
    return volumes;
  }

  private void goOn() {
    attempt(
        () -> {
          disks.sweep();
          for (String name : data.names()) {
            if (find(name).isPresent()) {
              follow(name);
            }
          }
        },
        this::goOn);
  }

  /**
   * The directory of a volume, or the device of one of mode Block, made if it is not there; blocks.
   *
   * @param user uid of the pod that uses it, which {@link #release} tells the end of
   * @throws VolumeException when the volume is not this node's
   */
  Path keep(String name, String user) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return keepAsItIs(name, user);
      } catch (ApiException e) {
        if (e.reason() != StatusReason.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Path keepAsItIs(String name, String user) throws IOException {
    KubeObject volume =
        find(name)
            .orElseThrow(
                () -> new VolumeException("no volume of this node is called \"" + name + "\""));
    if (volume.isBeingDeleted() && !volume.finalizers().contains(LocalVolume.FINALIZER)) {
      throw new VolumeException("volume \"" + name + "\" is being deleted");
    }
    Path directory = data.make(name);
    loop.execute(() -> follow(name));
    Items finalizers = volume.metadata().items("finalizers");
    if (!finalizers.contains(LocalVolume.FINALIZER)) {
      objects.setFinalizers(
          Resources.PERSISTENT_VOLUMES, volume, finalizers.plus(LocalVolume.FINALIZER));
    }
    if (!Disk.is(volume)) {
      return directory;
    }
    Path disk = disks.take(Disk.of(volume), user);
    growth.run(volume);
    return disk;
  }

  /** A pod has ended; its disks that no other pod uses are detached. May be repeated; blocks. */
  void release(String user) {
    disks.release(user);
  }

  /** The object, if it is there and says that this node has the data. */
  private Optional<KubeObject> find(String name) {
    return objects
        .permitted(Resources.PERSISTENT_VOLUMES, "", name)
        .filter(
            volume ->
                LocalVolume.of(volume).filter(local -> local.node().equals(node)).isPresent());
  }

  private void follow(String name) {
    if (!closed && !followed.containsKey(name)) {
      Reference reference = new Reference(Resources.PERSISTENT_VOLUMES, "", name);
      followed.put(name, objects.watches().follow(reference, loop, () -> changed(reference)));
    }
  }

  private void changed(Reference reference) {
    Optional<KubeObject> volume = objects.watches().latest(reference);
    if (volume.isEmpty()) {
      unfollow(reference.name());
    } else if (isOver(volume.get())) {
      attempt(() -> letGo(reference.name()), () -> changed(reference));
    } else if (Disk.is(volume.get())) {
      attempt(() -> growth.run(volume.get()), () -> changed(reference));
    }
  }

  /** Nobody else holds the object any more. */
  private static boolean isOver(KubeObject volume) {
    return volume.isBeingDeleted()
        && volume.finalizers().size() == 1
        && volume.finalizers().contains(LocalVolume.FINALIZER);
  }

  private void unfollow(String name) {
    Follower follower = followed.remove(name);
    if (follower != null) {
      follower.close();
    }
  }

  /** What was heard may be old, so that the object is read once more before data is deleted. */
  private void letGo(String name) throws IOException {
    Optional<KubeObject> last = find(name).filter(KeptVolumes::isOver);
    if (last.isPresent()) {
      KubeObject volume = last.get();
      if (volume.spec().text("persistentVolumeReclaimPolicy").equals("Delete")) {
        disks.detach(name);
        data.delete(name);
        LOG.info("the data of volume {} is deleted", name);
      }
      objects.setFinalizers(Resources.PERSISTENT_VOLUMES, volume, Items.EMPTY);
    }
  }

  /** Something that touches the disk or waits for the API. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private void attempt(Work work, Runnable again) {
    if (closed) {
      return;
    }
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      LOG.warn("volumes of this node wait: {}", Refusals.text(e));
      loop.schedule(RETRY, again);
    }
  }

  /** The data stays, and the next run goes on with it. */
  @Override
  public void close() {
    loop.execute(
        () -> {
          closed = true;
          followed.values().forEach(Follower::close);
          followed.clear();
        });
  }
}
