package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.RouteNetlink.Reach;
import io.kuber.linux.Syscalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a machine has where pods or services are to have their addresses: an address of its
 * own, or a network that lies within. A wider network around them is no obstacle, since the
 * narrower way counts.
 */
public final class HostOverlap {
  /** Links of kuber's, also of a run that was killed, are known by what they are called besides. */
  private static final String OWN = "kuber ";

  private HostOverlap() {}

  /** What is in the way in the namespace of the calling thread, in words; empty if nothing is. */
  public static Optional<String> find(Syscalls kernel, PodNetworkConfig network) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      return find(routes.links(), routes.addresses(), routes.routes(), network);
    }
  }

  /** The same of what a machine has: pure. */
  static Optional<String> find(
      List<Link> links, List<Reach> addresses, List<Reach> routes, PodNetworkConfig network) {
    Map<Integer, Link> others =
        links.stream()
            .filter(link -> !link.alias().startsWith(OWN))
            .collect(Collectors.toMap(Link::index, Function.identity()));
    return Stream.concat(addresses.stream(), routes.stream())
        .flatMap(
            reach ->
                Optional.ofNullable(others.get(reach.link()))
                    .flatMap(link -> obstacle(reach, link.name(), network))
                    .stream())
        .findFirst();
  }

  private static Optional<String> obstacle(Reach reach, String link, PodNetworkConfig network) {
    return within(reach, network.clusterPods())
        .map(block -> words(reach, link, "pods", block))
        .or(
            () ->
                within(reach, network.services())
                    .map(block -> words(reach, link, "services", block)));
  }

  private static Optional<Ipv4Block> within(Reach reach, Ipv4Block block) {
    Ipv4 address = Ipv4.parse(reach.address().getHostAddress());
    return reach.prefix() >= block.prefix() && block.contains(address)
        ? Optional.of(block)
        : Optional.empty();
  }

  private static String words(Reach reach, String link, String who, Ipv4Block block) {
    return "link %s has %s/%d, and %s are to have %s"
        .formatted(link, reach.address().getHostAddress(), reach.prefix(), who, block);
  }
}
