package io.kuber.node.stats;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.object.KubeObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured at one time (stats/v1alpha1 Summary). Immutable.
 *
 * @param node its name
 * @param startedAt when the machine was started
 * @param files the file system where pods, logs and volumes are
 * @param imageFiles the file system where images and writable layers are, and what images take
 */
public record Summary(
    String node,
    Instant startedAt,
    Measured measured,
    MachineUse machine,
    FileUse files,
    FileUse imageFiles,
    List<PodSummary> pods) {
  /** Copies the list. */
  public Summary {
    pods = List.copyOf(pods);
  }

  /**
   * A pod.
   *
   * @param links what went over its network; empty if that is the node's
   * @param volumes those on the node's disk, by name
   */
  public record PodSummary(
      KubeObject object,
      List<ContainerSummary> containers,
      Optional<LinkUse> links,
      Map<String, FileUse> volumes) {
    /** Copies the collections. */
    public PodSummary {
      containers = List.copyOf(containers);
      volumes = Map.copyOf(volumes);
    }

    /** The sum of the working sets. */
    public long workingSetBytes() {
      return containers.stream().mapToLong(c -> c.measured().usage().workingSetBytes()).sum();
    }

    /** The sum of the processes and threads. */
    public long pids() {
      return containers.stream().mapToLong(c -> c.measured().usage().pids()).sum();
    }

    /** Bytes on the node's disk: writable layers, logs and volumes. */
    public long diskBytes() {
      return containers.stream().mapToLong(c -> c.root().used() + c.logs().used()).sum()
          + volumes.values().stream().mapToLong(FileUse::used).sum();
    }

    /** The same, counted in files. */
    public long diskFiles() {
      return containers.stream().mapToLong(c -> c.root().inodesUsed() + c.logs().inodesUsed()).sum()
          + volumes.values().stream().mapToLong(FileUse::inodesUsed).sum();
    }

    private PodReading reading() {
      Map<String, Amounts> amounts = new LinkedHashMap<>();
      containers.forEach(each -> amounts.put(each.name(), each.measured().amounts()));
      Measured last = containers.get(0).measured();
      return new PodReading(
          object.namespace(), object.name(), object.uid(), last.at(), last.window(), amounts);
    }
  }

  /**
   * A container that runs.
   *
   * @param root its writable layer
   */
  public record ContainerSummary(
      String name, Instant startedAt, Measured measured, FileUse root, FileUse logs) {}

  /** As the API tells it. */
  public NodeReading reading() {
    return new NodeReading(
        node,
        measured.at(),
        measured.window(),
        measured.amounts(),
        pods.stream().filter(pod -> !pod.containers().isEmpty()).map(PodSummary::reading).toList());
  }
}
