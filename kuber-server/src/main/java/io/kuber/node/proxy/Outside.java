package io.kuber.node.proxy;

import java.util.List;

/**
 * How a service is reached from outside of the cluster, besides its node port.
 *
 * @param addresses further addresses that reach it ({@code externalIPs})
 * @param balancers addresses that a load balancer gave it
 * @param sources blocks of clients that the addresses of load balancers answer; all if there is
 *     none
 * @param onlyHere whether the world reaches backends on its node only, which see its own address
 *     ({@code externalTrafficPolicy: Local})
 */
public record Outside(
    List<String> addresses, List<String> balancers, List<String> sources, boolean onlyHere) {
  /** No addresses, and node ports that lead to all backends. */
  public static final Outside PLAIN = new Outside(List.of(), List.of(), List.of(), false);

  public Outside {
    addresses = List.copyOf(addresses);
    balancers = List.copyOf(balancers);
    sources = List.copyOf(sources);
  }
}
