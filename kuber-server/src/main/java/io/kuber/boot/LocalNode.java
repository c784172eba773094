package io.kuber.boot;

import io.kuber.container.ContainerException;
import io.kuber.container.HostCapabilities;
import io.kuber.container.linux.LinuxContainers;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.registry.ImagePlaces;
import io.kuber.node.network.HostOverlap;
import java.util.Optional;

/**
 * This machine as a node: real containers, a network of pods, service addresses, names.
 *
 * <p>The cluster's DNS server listens on the first address of the node's pods ({@code 10.244.0.1}),
 * port 53 or any that is free; Service {@code kube-system/kube-dns}, with the tenth address of
 * services ({@code 10.96.0.10}), leads there. The namespaces {@code kube-system} and {@code
 * kube-node-lease} have to exist.
 */
public final class LocalNode implements NodeHalf {
  private static final String WAY_OUT =
      "; or pretend a node that runs nothing with: --simulated-nodes 1";

  private final NodePlace place;
  private final ImagePlaces images;

  /** A node in the usual place, with images from registries. */
  public LocalNode() {
    this(NodePlace.standard());
  }

  /** A node that takes {@code place} of its machine. */
  public LocalNode(NodePlace place) {
    this(place, ImagePlaces.STANDARD);
  }

  /** A node that takes {@code place} of its machine and has its images from {@code images}. */
  public LocalNode(NodePlace place, ImagePlaces images) {
    this.place = place;
    this.images = images;
  }

  @Override
  public void check() throws StartException {
    HostCapabilities machine = LinuxContainers.probe();
    if (!machine.canRunContainers()) {
      throw new StartException(
          "this machine cannot run pods: " + String.join("; ", machine.obstacles()) + WAY_OUT);
    }
    if (!machine.controllers().contains("memory")) {
      throw new StartException(
          "this machine cannot run pods: it has no memory control group, boot it with "
              + "cgroup_enable=memory"
              + WAY_OUT);
    }
    checkNetwork();
  }

  private void checkNetwork() throws StartException {
    Optional<String> obstacle = HostOverlap.find(Syscalls.linux(), place.network());
    if (obstacle.isPresent()) {
      throw new StartException(
          "this machine's network is in the way: "
              + obstacle.get()
              + "; choose other addresses with --pod-cidr and --service-cidr, or take it away"
              + WAY_OUT);
    }
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    check();
    new EarlierNodes(Syscalls.linux(), place, cluster.dataDir(), cluster.loops().clock())
        .removeAllBut(0);
    return begin(cluster, true, progress);
  }

  /**
   * Starts the node in the namespaces of the calling thread, whatever else the machine has.
   *
   * @param leads whether it makes its own ways to other nodes' pods
   */
  RunningNodes begin(ServerHalf cluster, boolean leads, Progress progress) throws Exception {
    return begin(NodeFooting.of(cluster), leads, progress);
  }

  /** The same on whatever the node stands on. */
  RunningNodes begin(NodeFooting cluster, boolean leads, Progress progress) throws Exception {
    Teardown teardown = new Teardown();
    try {
      return new NodeStart(place, images, cluster, progress, teardown).start(leads);
    } catch (ContainerException e) {
      teardown.close();
      throw new StartException(e.getMessage() + WAY_OUT);
    } catch (Exception | Error e) {
      teardown.close();
      throw e;
    }
  }
}
