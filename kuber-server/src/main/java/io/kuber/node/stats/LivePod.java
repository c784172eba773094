package io.kuber.node.stats;

import io.kuber.container.Container;
import io.kuber.object.KubeObject;
import java.nio.file.Path;
import java.util.Map;

/**
 * A pod of this node whose containers run.
 *
 * @param object as the cluster has it
 * @param containers that run, by name
 * @param logs where each container's log is, in a directory of its name
 * @param volumes the directories of its volumes that live on this node's disk, by name
 */
public record LivePod(
    KubeObject object, Map<String, Container> containers, Path logs, Map<String, Path> volumes) {
  /** Copies the maps. */
  public LivePod {
    containers = Map.copyOf(containers);
    volumes = Map.copyOf(volumes);
  }
}
