package io.kuber.node.proxy;

/**
 * A port at which balancers ask a node whether it has backends of a service of its own.
 *
 * @param port {@code healthCheckNodePort}
 * @param backends how many ready ones the node has
 */
public record HealthCheck(String namespace, String name, int port, int backends) {}
