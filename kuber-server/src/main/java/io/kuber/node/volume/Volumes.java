package io.kuber.node.volume;

import io.kuber.container.ContainerMount;
import io.kuber.node.volume.VolumeKind.Request;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The volumes of one pod, below a directory of its own: {@code <directory>/<kind>/<name>}.
 *
 * <p>Everything about a volume follows from the pod, the directory and the table of mounts, so a
 * node that was started again makes the volumes again and finds them as they were, with what
 * containers have written. For any thread; the monitor lets one at a time make them, while mounts
 * are planned of those that are made.
 */
public final class Volumes {
  private final Path directory;
  private final VolumeSources sources;
  private final VolumeMounts mounts;
  private volatile Map<String, Made> made = Map.of();

  /** A limit that a volume on the disk must keep; who watches over it evicts the pod. */
  public record SizeLimit(String volume, Path directory, Quantity limit) {
    /** The most bytes that may lie in the directory. */
    public long bytes() {
      return limit.value();
    }

    /** What the kubelet says of a pod that is evicted for it (eviction/helpers.go). */
    public String message() {
      return "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". ".formatted(volume, limit);
    }
  }

  /** Volumes in a directory, which need not exist yet. */
  public Volumes(Path directory, VolumeSources sources, VolumeMounts mounts) {
    this.directory = directory;
    this.sources = sources;
    this.mounts = mounts;
  }

  /**
   * Makes all volumes of the pod, or finds those that are there. May be repeated; every volume that
   * can be made is, also when others cannot.
   *
   * @throws VolumeException about the first that cannot be made
   */
  public synchronized void make(KubeObject pod) {
    makeEach(pod, pod.spec().items("volumes").trees());
  }

  /** Brings the volumes that follow objects up to date. The others stay as they are. */
  public synchronized void refresh(KubeObject pod) {
    makeEach(
        pod,
        pod.spec().items("volumes").trees().stream()
            .filter(volume -> made.containsKey(volume.text("name")))
            .filter(volume -> VolumeKinds.ofPod(volume).follows())
            .toList());
  }

  private void makeEach(KubeObject pod, List<Tree> volumes) {
    VolumePod owner = VolumePod.of(pod);
    Map<String, Made> all = new HashMap<>(made);
    List<VolumeException> failures = new ArrayList<>();
    for (Tree volume : volumes) {
      String name = volume.text("name");
      try {
        all.put(name, make(name, volume, owner));
      } catch (IOException | RuntimeException e) {
        failures.add(VolumeException.of(name, e));
      }
    }
    made = Map.copyOf(all);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private Made make(String name, Tree volume, VolumePod pod) throws IOException {
    VolumeKind kind = VolumeKinds.ofPod(volume);
    Path own = directory.resolve(kind.field()).resolve(name);
    return kind.make(new Request(name, volume.tree(kind.field()), own, pod, sources, mounts));
  }

  /**
   * What a container mounts of these volumes.
   *
   * @param expand puts the container's environment into {@code subPathExpr}
   */
  public List<ContainerMount> mounts(Tree container, UnaryOperator<String> expand) {
    return MountPlanner.plan(container, made, expand);
  }

  /**
   * The text of a file that containers left in a volume; empty where there is none.
   *
   * @throws VolumeException when the volume is not made, or the file cannot be read
   */
  public Optional<String> file(String volume, String path) {
    if (made.get(volume) instanceof Made.Place place) {
      return VolumeFile.read(place.path(), path);
    }
    throw new VolumeException("volume \"" + volume + "\" has no files");
  }

  /** The limits of the pod's empty directories on the disk; those in memory limit themselves. */
  public List<SizeLimit> sizeLimits(KubeObject pod) {
    List<SizeLimit> limits = new ArrayList<>();
    for (Tree volume : pod.spec().items("volumes").trees()) {
      Quantity limit = Quantity.of(volume.at("emptyDir", "sizeLimit"));
      String name = volume.text("name");
      if (limit.signum() > 0
          && volume.text("emptyDir", "medium").isEmpty()
          && made.get(name) instanceof Made.Place place) {
        limits.add(new SizeLimit(name, place.path(), limit));
      }
    }
    return limits;
  }

  /** Unmounts and removes what was made; what belongs to the machine or to a server stays. */
  public synchronized void remove() {
    Removal.of(directory, mounts);
    made = Map.of();
  }

  /** Removes the files of all pods that an earlier run left in a directory, volumes among them. */
  public static void reclaim(Path pods) {
    Removal.of(pods, VolumeMounts.ofMachine());
  }
}
