package io.kuber.boot;

import io.kuber.container.ContainerException;
import io.kuber.container.ContainerRuntime;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.linux.Deletion;
import io.kuber.linux.PrivateDirectory;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.NodeNamespace;
import io.kuber.node.volume.Volumes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * A node's hold of its place: taken at the start, and given back with all that is there.
 *
 * @param place what it takes of its machine
 * @param directory what lasts of the node
 */
record Tenancy(NodePlace place, Path directory) {
  /** Of a node whose server half keeps everything in {@code dataDir}. */
  static Tenancy of(NodePlace place, Path dataDir) {
    return new Tenancy(place, dataDir.resolve("node"));
  }

  /**
   * Takes hold of the place. Pods of an agent that was killed, their links and files stay: the
   * agent takes them over. So do rules of services, until new ones replace them in one step.
   *
   * @param teardown gets what gives everything back
   */
  ContainerRuntime begin(InstantSource clock, Teardown teardown) throws IOException {
    PrivateDirectory.make(directory);
    ContainerRuntime runtime = LinuxContainers.open(place.state(), place.instance(), clock);
    teardown.add(this::leave);
    teardown.add(runtime);
    teardown.add(runtime::reclaim);
    teardown.add(() -> Volumes.reclaim(directory.resolve("pods")));
    return runtime;
  }

  /**
   * Makes sure that no other process has the place.
   *
   * @throws ContainerException when one has
   */
  void check(InstantSource clock) {
    if (place.isTaken()) {
      LinuxContainers.open(place.state(), place.instance(), clock).close();
    }
  }

  /** Removes all that a killed run left, its namespace and the links in it included. */
  void clear(Syscalls kernel, InstantSource clock) throws IOException {
    try (LinuxContainers runtime = LinuxContainers.open(place.state(), place.instance(), clock)) {
      runtime.reclaim();
    }
    Volumes.reclaim(directory.resolve("pods"));
    NodeNamespace.reclaim(kernel, place.namespace());
    leave();
  }

  private void leave() throws IOException {
    Deletion.of(place.state());
    place.leaveAbove();
  }
}
