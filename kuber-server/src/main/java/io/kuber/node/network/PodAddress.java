package io.kuber.node.network;

/**
 * How a pod is connected.
 *
 * @param address the pod's own
 * @param gateway the node's address on the bridge, where the pod sends everything
 * @param link the name of the node's end of the pair of links; the pod's end is {@code eth0}
 */
public record PodAddress(Ipv4 address, Ipv4 gateway, String link) {}
