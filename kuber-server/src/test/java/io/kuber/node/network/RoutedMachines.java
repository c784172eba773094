package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.Syscalls;
import java.util.List;

/**
 * Three machines, of which the first two share a network and the third is behind a router, which
 * knows nothing of pods: all of them network namespaces, with real links between.
 */
public final class RoutedMachines implements AutoCloseable {
  /** How many machines there are. */
  public static final int MACHINES = 3;

  /** The router's address at which all machines reach it. */
  public static final String ROUTER = "192.168.1.1";

  private static final String OUTSIDE = "lan0";
  private static final int MTU = 1500;
  private static final int PREFIX = 24;

  private final Syscalls kernel = Syscalls.linux();
  private final TestNamespace router = TestNamespace.create();
  private final List<TestNamespace> machines =
      List.of(TestNamespace.create(), TestNamespace.create(), TestNamespace.create());

  /** Makes the machines and joins them. */
  public RoutedMachines() {
    router.run(
        () -> {
          new Sysctl(kernel).write("net/ipv4/ip_forward", "1");
          network("near", 1);
          network("far", 2);
        });
    for (int number = 1; number <= MACHINES; number++) {
      connect(number);
    }
  }

  private void network(String name, int network) {
    try (RouteNetlink routes = RouteNetlink.open(kernel)) {
      routes.addBridge(name, new byte[] {2, 0, 0, 0, (byte) network, 1});
      int bridge = index(routes, name);
      routes.addAddress(bridge, gateway(network).inet(), PREFIX);
      routes.up(bridge);
    }
  }

  private void connect(int number) {
    router.run(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            int bridge = index(routes, number == MACHINES ? "far" : "near");
            byte[] mac = {2, 0, 0, 1, 0, (byte) number};
            routes.addVeth(
                new RouteNetlink.Veth("to-" + number, bridge, OUTSIDE, mac, MTU),
                machine(number).path());
          }
        });
    machine(number)
        .run(
            () -> {
              try (RouteNetlink routes = RouteNetlink.open(kernel)) {
                int outside = index(routes, OUTSIDE);
                routes.addAddress(outside, address(number).inet(), PREFIX);
                routes.up(outside);
                leadOut(routes, number);
              }
            });
  }

  private static void leadOut(RouteNetlink routes, int number) {
    Ipv4 gateway = gateway(number == MACHINES ? 2 : 1);
    routes.setRoute(new Ipv4(0).inet(), 0, gateway.inet(), index(routes, OUTSIDE));
  }

  private static Ipv4 gateway(int network) {
    return Ipv4.parse("192.168." + network + ".1");
  }

  private static int index(RouteNetlink routes, String name) {
    return routes.link(name).orElseThrow().index();
  }

  /** The namespace between them. */
  public TestNamespace router() {
    return router;
  }

  /** A machine, counted from 1. */
  public TestNamespace machine(int number) {
    return machines.get(number - 1);
  }

  /** At which others reach the machine. */
  public static Ipv4 address(int number) {
    return Ipv4.parse("192.168." + (number == MACHINES ? 2 : 1) + "." + (10 + number));
  }

  /** Cuts the link of a machine at its other end. */
  public void cut(int number) {
    ofRouter(number, false);
  }

  /** Joins the link that {@link #cut} has cut. */
  public void heal(int number) {
    ofRouter(number, true);
  }

  private void ofRouter(int number, boolean up) {
    router.run(
        () -> {
          try (RouteNetlink routes = RouteNetlink.open(kernel)) {
            int port = index(routes, "to-" + number);
            if (up) {
              routes.up(port);
            } else {
              routes.down(port);
            }
          }
        });
  }

  /** Takes the machine's own end of its link down and up again, as its owner might. */
  public void bounce(int number) {
    machine(number)
        .run(
            () -> {
              try (RouteNetlink routes = RouteNetlink.open(kernel)) {
                routes.down(index(routes, OUTSIDE));
                routes.up(index(routes, OUTSIDE));
                leadOut(routes, number);
              }
            });
  }

  /** The largest packet of a link of a machine; 0 if it has no such link. */
  public int mtu(int number, String name) {
    return machine(number)
        .call(
            () -> {
              try (RouteNetlink routes = RouteNetlink.open(kernel)) {
                return routes.link(name).map(Link::mtu).orElse(0);
              }
            });
  }

  @Override
  public void close() {
    machines.forEach(TestNamespace::close);
    router.close();
  }
}
