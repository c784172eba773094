package io.kuber.node.proxy;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.Syscalls;
import io.kuber.node.network.EchoServer;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.PodNetwork;
import io.kuber.node.network.PodNetworkConfig;
import io.kuber.node.network.TestNamespace;
import io.kuber.node.policy.PolicySet;
import java.util.ArrayList;
import java.util.List;

/**
 * A node with its proxy in the kernel, three pods, of which two answer, and another machine that is
 * connected to the node by a wire; all of it goes with the test.
 */
final class ProxyBench implements AutoCloseable {
  static final PodNetworkConfig NETWORK = PodNetworkConfig.standard("kuber0");
  static final ProxyConfig CONFIG = ProxyConfig.of(NETWORK);
  static final String NAME = "node-1";
  static final String NODE_ADDRESS = "192.0.2.1";
  static final String WORLD_ADDRESS = "192.0.2.2";
  static final int TARGET = 8080;

  final Syscalls kernel = Syscalls.linux();
  final TestNamespace node;
  final TestNamespace client;
  final TestNamespace one;
  final TestNamespace two;
  final TestNamespace world;
  final String clientAddress;
  final Backend first;
  final Backend second;
  private final List<AutoCloseable> resources = new ArrayList<>();
  private NftProxy proxy;

  ProxyBench() {
    node = opened(TestNamespace.create());
    client = opened(TestNamespace.create());
    one = opened(TestNamespace.create());
    two = opened(TestNamespace.create());
    world = opened(TestNamespace.create());
    PodNetwork network = node.call(() -> PodNetwork.open(kernel, NETWORK));
    clientAddress = network.attach("client", client.path()).address().toString();
    first = new Backend(network.attach("one", one.path()).address().toString(), TARGET).on(NAME);
    second = new Backend(network.attach("two", two.path()).address().toString(), TARGET).on(NAME);
    opened(EchoServer.start(one, TARGET, "one"));
    opened(EchoServer.start(two, TARGET, "two"));
    connectWorld();
    proxy = openProxy();
  }

  <T extends AutoCloseable> T opened(T resource) {
    resources.add(resource);
    return resource;
  }

  private void connectWorld() {
    byte[] mac = {2, 0, 0, 0, 0, 2};
    node.run(
        () -> {
          try (RouteNetlink here = RouteNetlink.open(kernel)) {
            int noBridge = 0;
            here.addVeth(
                new RouteNetlink.Veth("uplink", noBridge, "eth0", mac, 1500), world.path());
            int index = here.link("uplink").orElseThrow().index();
            here.addAddress(index, Ipv4.parse(NODE_ADDRESS).inet(), 24);
          }
        });
    world.run(
        () -> {
          try (RouteNetlink there = RouteNetlink.open(kernel)) {
            int index = there.link("eth0").orElseThrow().index();
            there.up(index);
            there.addAddress(index, Ipv4.parse(WORLD_ADDRESS).inet(), 24);
            Ipv4 gateway = Ipv4.parse(NODE_ADDRESS);
            there.addRoute(Ipv4.parse("203.0.113.0").inet(), 24, gateway.inet(), index);
            there.addRoute(
                NETWORK.services().base().inet(),
                NETWORK.services().prefix(),
                gateway.inet(),
                index);
          }
        });
  }

  /** A proxy of the node, as one that starts anew. */
  NftProxy openProxy() {
    return node.call(() -> NftProxy.open(kernel, CONFIG));
  }

  /** Puts another proxy in the place of the first, which is forgotten as if killed. */
  void restart() {
    proxy = openProxy();
  }

  void serve(ServicePort port, Backend... backends) {
    serve(new Services(NAME, "", List.of(new ServedPort(port, List.of(backends)))));
  }

  void serve(Services services) {
    proxy.update(services);
  }

  void serve(Services services, PolicySet policies) {
    proxy.update(services, policies);
  }

  void end() {
    node.run(proxy::close);
  }

  @Override
  public void close() {
    for (int i = resources.size() - 1; i >= 0; i--) {
      try {
        resources.get(i).close();
      } catch (Exception e) {
        throw new AssertionError("the bench cannot be cleared", e);
      }
    }
  }
}
