package io.kuber.node.proxy;

/**
 * Where a service's traffic can go.
 *
 * @param ip an IPv4 address, of a pod or of a node
 */
public record Backend(String ip, int port) {}
