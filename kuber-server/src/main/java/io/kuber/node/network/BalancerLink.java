package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.Syscalls;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A link without ports that has the addresses which Services got of the pool, so that the machine
 * answers neighbours who look for them, and programs on it reach them without a route. What comes
 * is led on by the rules of services.
 *
 * <p>What a killed run left is taken over with its addresses, in use as they are. Lives in the
 * network namespace of the thread that opens it; called by one thread.
 */
public final class BalancerLink implements AutoCloseable {
  /** The name on a machine whose nodes are in the usual place. */
  public static final String STANDARD = "kuber-balancers";

  private static final String OURS = "kuber addresses of balancers";
  private static final int ALONE = 32;

  private final RouteNetlink routes;
  private final int index;
  private final Set<Ipv4> held = new HashSet<>();

  private BalancerLink(RouteNetlink routes, int index) {
    this.routes = routes;
    this.index = index;
  }

  /**
   * Makes the link, or finds the one that an earlier run left.
   *
   * @param name at most 15 bytes
   */
  public static BalancerLink open(Syscalls kernel, String name) {
    RouteNetlink routes = RouteNetlink.open(kernel);
    try {
      BalancerLink link = new BalancerLink(routes, ready(routes, name));
      routes.addresses().stream()
          .filter(address -> address.link() == link.index)
          .forEach(address -> link.held.add(Ipv4.parse(address.address().getHostAddress())));
      return link;
    } catch (RuntimeException | Error e) {
      routes.close();
      throw e;
    }
  }

  private static int ready(RouteNetlink routes, String name) {
    Optional<Link> existing = routes.link(name);
    if (existing.isPresent() && !existing.get().alias().equals(OURS)) {
      throw new IllegalStateException(
          "link " + name + " is not kuber's; rename it, or take it away with: ip link del " + name);
    }
    if (existing.isEmpty()) {
      routes.addBridge(name, NodeBridge.hardwareAddress(new Ipv4(0)));
    }
    int index = routes.link(name).orElseThrow().index();
    routes.alias(index, OURS);
    routes.up(index);
    return index;
  }

  /** From now on it has these addresses and no others. */
  public void hold(Set<Ipv4> addresses) {
    for (Ipv4 gone : Set.copyOf(held)) {
      if (!addresses.contains(gone)) {
        routes.deleteAddress(index, gone.inet(), ALONE);
        held.remove(gone);
      }
    }
    for (Ipv4 address : addresses) {
      if (!held.contains(address)) {
        routes.addAddress(index, address.inet(), ALONE);
        held.add(address);
      }
    }
  }

  /** Takes the link away with all addresses. */
  @Override
  public void close() {
    routes.delete(index);
    routes.close();
  }

  /** Takes away what a killed run left; does nothing if there is nothing. */
  public static void reclaim(Syscalls kernel, String name) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes
          .link(name)
          .filter(link -> link.alias().equals(OURS))
          .ifPresent(link -> routes.delete(link.index()));
    }
  }
}
