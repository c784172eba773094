package io.kuber.node.proxy;

import java.time.Duration;
import java.util.List;

/**
 * One port of a service, as the node has to serve it.
 *
 * @param portName empty if the port has no name
 * @param clusterIp empty if the service has none, as headless services and a pod's host ports
 * @param port on the cluster address and on the external addresses
 * @param nodePort on all of the node's own addresses, 0 if none
 * @param affinity how long a client stays with its backend, zero if it need not (Kubernetes'
 *     default for {@code ClientIP} is three hours)
 * @param externalAddresses further addresses that reach the service, such as a load balancer's
 */
public record ServicePort(
    String namespace,
    String name,
    String portName,
    Protocol protocol,
    String clusterIp,
    int port,
    int nodePort,
    Duration affinity,
    List<String> externalAddresses) {
  /** What tells ports of services apart. */
  public record Key(String namespace, String name, String portName, Protocol protocol) {}

  public ServicePort {
    externalAddresses = List.copyOf(externalAddresses);
  }

  /** A port without affinity and external addresses. */
  public static ServicePort of(
      String namespace,
      String name,
      String portName,
      Protocol protocol,
      String clusterIp,
      int port,
      int nodePort) {
    return new ServicePort(
        namespace, name, portName, protocol, clusterIp, port, nodePort, Duration.ZERO, List.of());
  }

  public Key key() {
    return new Key(namespace, name, portName, protocol);
  }
}
