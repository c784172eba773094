package io.kuber.boot;

import io.kuber.container.ContainerException;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.NodePaths;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.proxy.ProxyConfig;
import io.kuber.node.proxy.ServiceProxies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.IntStream;

/**
 * What a killed run has left of nodes that the next one does not have: one that was alone, where
 * there are several now, or the other way round, or some of more.
 *
 * @param place of a node that is alone; several are beside it
 * @param dataDir where everything that lasts is kept
 */
record EarlierNodes(Syscalls kernel, NodePlace place, Path dataDir, InstantSource clock) {
  /**
   * Removes all nodes but those numbered 1 to {@code last}, or but the one that is alone.
   *
   * @param last 0 for the one that is alone
   * @return how many there were
   * @throws StartException when another process has one of these nodes, or of those that stay;
   *     nothing is removed then but what nobody has
   */
  int removeAllBut(int last) throws StartException, IOException {
    try {
      for (int number : IntStream.rangeClosed(1, last).toArray()) {
        Tenancy.of(place.numbered(number), data(number)).check(clock);
      }
      int removed = last > 0 && place.isTaken() ? remove(place, dataDir) : 0;
      for (int number : IntStream.rangeClosed(last + 1, NodeGroup.MOST).toArray()) {
        NodePlace other = place.numbered(number);
        removed += other.isTaken() ? remove(other, data(number)) : 0;
      }
      forget(last > 0 ? place.network() : place.network().betweenNodes());
      return removed;
    } catch (ContainerException inUse) {
      throw new StartException(String.valueOf(inUse.getMessage()));
    }
  }

  /** Where everything that lasts of one of several nodes is kept. */
  private Path data(int number) {
    return dataDir.resolve(NodePlace.name(number));
  }

  private int remove(NodePlace other, Path data) throws IOException {
    Tenancy.of(other, data).clear(kernel, clock);
    return 1;
  }

  private void forget(PodNetworkConfig network) {
    ServiceProxies.reclaim(kernel, ProxyConfig.of(network));
    NodePaths.reclaim(kernel, network);
    PodNetwork.reclaim(kernel, network.bridge());
  }
}
