package io.kuber.node.network;

import io.kuber.linux.RouteNetlink;
import io.kuber.linux.RouteNetlink.Link;
import io.kuber.linux.Syscalls;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's end of a network of pods or containers: a bridge with the gateway's address, routes
 * to what is behind it, and a kernel that forwards.
 *
 * <p>The bridge's alias remembers which addresses it was made for, and whether the kernel forwarded
 * before, for whoever takes the bridge away, in this run or a later one.
 */
public final class NodeBridge {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBridge.class);
  private static final String FORWARDING = "net/ipv4/ip_forward";
  private static final String ON = "1";
  private static final String UNFINISHED = "kuber unfinished";
  private static final String WAS_OFF = "kuber ip_forward=0";
  private static final String WAS_ON = "kuber ip_forward=1";

  private final Syscalls kernel;
  private final RouteNetlink routes;
  private final Plan plan;

  /**
   * What a bridge is to be.
   *
   * @param name of its link
   * @param block the addresses that it leads to
   * @param gateway its own among them
   * @param routed further addresses that the machine has behind it
   */
  public record Plan(String name, Ipv4Block block, Ipv4 gateway, List<Ipv4Block> routed) {
    public Plan {
      routed = List.copyOf(routed);
    }

    /** Of the pods of a node. */
    static Plan of(PodNetworkConfig config) {
      return new Plan(config.bridge(), config.pods(), config.gateway(), List.of(config.services()));
    }
  }

  /** A bridge that is not there yet. */
  public NodeBridge(Syscalls kernel, RouteNetlink routes, Plan plan) {
    this.kernel = kernel;
    this.routes = routes;
    this.plan = plan;
  }

  /**
   * Makes the bridge, or takes the one that is there; returns its index. One that was made with
   * other addresses is made again, without its pods.
   */
  public int ready() {
    Optional<Link> existing = routes.link(plan.name());
    if (existing.isEmpty()) {
      return make();
    }
    if (!isOurs(existing.get())) {
      throw new IllegalStateException(
          "link " + plan.name() + " is not kuber's; rename it or choose another bridge name");
    }
    if (existing.get().alias().endsWith(addresses())) {
      forward();
      return existing.get().index();
    }
    remove(kernel, routes, plan.name());
    return make();
  }

  private static boolean isOurs(Link bridge) {
    return bridge.alias().equals(UNFINISHED) || rememberedForwarding(bridge);
  }

  private static boolean rememberedForwarding(Link bridge) {
    return bridge.alias().startsWith(WAS_OFF) || bridge.alias().startsWith(WAS_ON);
  }

  private String addresses() {
    StringBuilder text = new StringBuilder(" " + plan.block());
    plan.routed().forEach(block -> text.append(' ').append(block));
    return text.toString();
  }

  /** The alias is written last: a bridge with it is complete. */
  private int make() {
    routes.addBridge(plan.name(), hardwareAddress(plan.gateway()));
    int index = routes.link(plan.name()).orElseThrow().index();
    routes.alias(index, UNFINISHED);
    routes.addAddress(index, plan.gateway().inet(), plan.block().prefix());
    routes.up(index);
    for (Ipv4Block block : plan.routed()) {
      routes.addRoute(block.base().inet(), block.prefix(), index);
    }
    routes.alias(index, (forward() ? WAS_ON : WAS_OFF) + addresses());
    return index;
  }

  /** Makes the kernel forward packets; says whether it did before. */
  private boolean forward() {
    Sysctl sysctl = new Sysctl(kernel);
    boolean before = sysctl.read(FORWARDING).equals(ON);
    if (!before) {
      sysctl.write(FORWARDING, ON);
      LOG.info("turned {} on, it goes off again with bridge {}", FORWARDING, plan.name());
    }
    return before;
  }

  /** Takes a bridge away with its ports; does nothing if there is none that is kuber's. */
  public static void remove(Syscalls kernel, RouteNetlink routes, String name) {
    Optional<Link> bridge = routes.link(name).filter(NodeBridge::isOurs);
    if (bridge.isEmpty()) {
      return;
    }
    for (Link link : routes.links()) {
      if (link.master() == bridge.get().index()) {
        routes.delete(link.index());
      }
    }
    routes.delete(bridge.get().index());
    boolean othersForward = routes.links().stream().anyMatch(NodeBridge::rememberedForwarding);
    if (bridge.get().alias().startsWith(WAS_OFF) && !othersForward) {
      new Sysctl(kernel).write(FORWARDING, "0");
    }
  }

  /**
   * A hardware address that follows from the IP address, so that neighbours' tables stay right when
   * an address moves to another pod. {@code 02} marks it as made up.
   */
  public static byte[] hardwareAddress(Ipv4 address) {
    byte[] ip = address.bytes();
    return new byte[] {0x02, 0x42, ip[0], ip[1], ip[2], ip[3]};
  }
}
