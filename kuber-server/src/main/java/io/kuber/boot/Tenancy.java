package io.kuber.boot;

import io.kuber.container.ContainerRuntime;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.linux.Deletion;
import io.kuber.linux.Syscalls;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import io.kuber.node.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * A node's hold of its place: taken at the start, and given back with all that is there.
 *
 * @param place what it takes of its machine
 * @param directory what lasts of the node
 */
record Tenancy(NodePlace place, Path directory) {
  /**
   * Takes hold of the place. Pods of an agent that was killed, their links and files stay: the
   * agent takes them over.
   *
   * @param teardown gets what gives everything back
   */
  ContainerRuntime begin(Syscalls kernel, InstantSource clock, Teardown teardown)
      throws IOException {
    Files.createDirectories(directory);
    ContainerRuntime runtime = LinuxContainers.open(place.state(), place.instance(), clock);
    teardown.add(this::leave);
    teardown.add(runtime);
    teardown.add(runtime::reclaim);
    ServiceProxies.reclaim(kernel, ProxyConfig.of(place.network()));
    teardown.add(() -> Volumes.reclaim(directory.resolve("pods")));
    return runtime;
  }

  /** The directory above is kuber's too, and goes unless another instance is in it. */
  private void leave() throws IOException {
    Deletion.of(place.state());
    Path above = place.state().getParent();
    if (above != null && Files.isDirectory(above)) {
      try (Stream<Path> others = Files.list(above)) {
        if (others.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(above);
    }
  }
}
