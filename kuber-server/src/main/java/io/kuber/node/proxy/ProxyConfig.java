package io.kuber.node.proxy;

import io.kuber.node.network.Ipv4Block;
import io.kuber.node.network.PodNetworkConfig;

/**
 * Where a proxy works.
 *
 * @param table the name of the kernel's table; two kubers on one machine need different ones
 * @param bridge the node's bridge, behind which its pods are
 * @param pods the addresses of the node's own pods, who are seen by backends as who they are
 * @param services the addresses of services; one that no service has is refused at once
 */
public record ProxyConfig(String table, String bridge, Ipv4Block pods, Ipv4Block services) {
  /** For the node with this pod network. */
  public static ProxyConfig of(PodNetworkConfig network) {
    return new ProxyConfig(
        network.bridge() + "-services", network.bridge(), network.pods(), network.services());
  }
}
