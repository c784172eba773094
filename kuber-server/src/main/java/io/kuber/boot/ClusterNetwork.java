package io.kuber.boot;

import io.kuber.access.TokenIssuer;
import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.resource.AddressRange;

/**
 * The names and addresses that a cluster gives to its own. All servers and nodes of a cluster have
 * to be told the same.
 *
 * @param domain below which its names are
 * @param services the addresses of Services, whose first is that of the API
 * @param pods the addresses of pods, of which each node has a block of {@value #NODE_PREFIX} bits
 */
public record ClusterNetwork(ClusterDomain domain, AddressRange services, AddressRange pods) {
  /** What a cluster has whose owner chooses nothing. */
  public static final ClusterNetwork STANDARD =
      new ClusterNetwork(ClusterDomain.STANDARD, AddressRange.SERVICES, AddressRange.PODS);

  /** The length of the prefix of one node's pods. */
  static final int NODE_PREFIX = 24;

  /** As wide as kube-apiserver has it, and as narrow as leaves some to people. */
  private static final int WIDEST_SERVICES = 12;

  private static final int NARROWEST_SERVICES = 26;
  private static final int WIDEST_PODS = 8;

  /** Room for as many nodes as one machine can be, and for what joins them. */
  private static final int NARROWEST_PODS = 19;

  /** As every installer of Kubernetes does it. */
  private static final int API = 1;

  private static final int NAMES = 10;

  /**
   * Checks the blocks.
   *
   * @throws IllegalArgumentException which names the option that is wrong
   */
  public ClusterNetwork {
    check("--service-cidr", services, WIDEST_SERVICES, NARROWEST_SERVICES);
    check("--pod-cidr", pods, WIDEST_PODS, NARROWEST_PODS);
    if (services.overlaps(pods)) {
      throw new IllegalArgumentException(
          "--service-cidr: %s overlaps with %s, where pods have theirs (--pod-cidr)"
              .formatted(services, pods));
    }
  }

  private static void check(String option, AddressRange range, int widest, int narrowest) {
    if (range.prefix() < widest || range.prefix() > narrowest) {
      throw new IllegalArgumentException(
          "%s: the prefix of %s is not between /%d and /%d"
              .formatted(option, range, widest, narrowest));
    }
  }

  /** Who makes the tokens of service accounts, and what the API server calls itself. */
  String issuer() {
    return TokenIssuer.named(domain.name());
  }

  /** Where pods find the API. */
  String apiAddress() {
    return services.at(API);
  }

  /** Where pods ask for names. */
  String namesAddress() {
    return services.at(NAMES);
  }

  /** The place of a node of such a cluster. */
  public NodePlace of(NodePlace place) {
    return place.with(
        new PodNetworkConfig(
            place.network().bridge(),
            block(pods.part(NODE_PREFIX, 0)),
            block(pods),
            block(services),
            place.network().mtu()));
  }

  private static Ipv4Block block(AddressRange range) {
    return Ipv4Block.parse(range.toString());
  }
}
