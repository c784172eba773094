package io.kuber.node.network;

/**
 * How the pods of a node are connected.
 *
 * @param bridge the name of the node's bridge, at most 15 bytes; two kubers on one machine need
 *     different ones
 * @param pods the addresses of this node's pods; the first is the node's own
 * @param clusterPods the addresses of all nodes' pods, which see each other's real addresses
 * @param services the addresses of services, which the node routes to itself
 * @param mtu the largest packet in bytes
 */
public record PodNetworkConfig(
    String bridge, Ipv4Block pods, Ipv4Block clusterPods, Ipv4Block services, int mtu) {
  private static final int LONGEST_INTERFACE_NAME = 15;

  /** What the name of the bridge between nodes ends in. */
  private static final String BETWEEN_NODES = "-lan";

  /** Fewer addresses would leave none to pods. */
  private static final int LONGEST_PREFIX = 29;

  /** What the name of the tunnel to other nodes ends in. */
  private static final String TUNNEL = "-vx";

  static final int ETHERNET_MTU = 1500;

  public PodNetworkConfig {
    if (!bridge.matches("[a-z][a-z0-9-]{0," + (LONGEST_INTERFACE_NAME - 1) + "}")) {
      throw new IllegalArgumentException(
          "bridge name \"" + bridge + "\" is not 1 to 15 lower case letters, digits or '-'");
    }
    if (pods.prefix() > LONGEST_PREFIX) {
      throw new IllegalArgumentException(
          "pod block " + pods + " is too small; use a prefix of /" + LONGEST_PREFIX + " or less");
    }
  }

  /** A node alone, with the usual addresses. */
  public static PodNetworkConfig standard(String bridge) {
    return new PodNetworkConfig(
        bridge,
        Ipv4Block.parse("10.244.0.0/24"),
        Ipv4Block.parse("10.244.0.0/16"),
        Ipv4Block.parse("10.96.0.0/12"),
        ETHERNET_MTU);
  }

  /** Of one of several nodes on this machine, counted from 1, each in a namespace of its own. */
  public PodNetworkConfig ofNode(int number) {
    return with(bridge, clusterPods.part(pods.prefix(), number - 1));
  }

  /** Of what joins several nodes on this machine: it has the last block of the cluster's pods. */
  public PodNetworkConfig betweenNodes() {
    int last = (1 << (pods.prefix() - clusterPods.prefix())) - 1;
    return with(named(BETWEEN_NODES), clusterPods.part(pods.prefix(), last));
  }

  /** The name of the tunnel to nodes behind routers. */
  String tunnel() {
    return named(TUNNEL);
  }

  private String named(String end) {
    int room = LONGEST_INTERFACE_NAME - end.length();
    return (bridge.length() > room ? bridge.substring(0, room) : bridge) + end;
  }

  /**
   * Of one of several nodes that are machines of their own, counted from 1: what its pods send has
   * room for what the tunnel puts in front.
   */
  public PodNetworkConfig ofMachine(int number) {
    return ofMachine(clusterPods.part(pods.prefix(), number - 1));
  }

  /** The same for a machine whose pods have a certain block. */
  public PodNetworkConfig ofMachine(Ipv4Block block) {
    return new PodNetworkConfig(
        bridge, block, clusterPods, services, mtu - TunnelLink.OVERHEAD_BYTES);
  }

  private PodNetworkConfig with(String otherBridge, Ipv4Block block) {
    return new PodNetworkConfig(otherBridge, block, clusterPods, services, mtu);
  }

  /** The node's address on the bridge, the gateway of its pods. */
  public Ipv4 gateway() {
    return pods.base().plus(1);
  }
}
