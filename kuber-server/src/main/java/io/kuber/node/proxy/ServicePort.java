package io.kuber.node.proxy;

import io.kuber.node.network.Protocol;
import java.time.Duration;
import java.util.List;

/**
 * One port of a service, as the node has to serve it.
 *
 * @param clusterIp empty if the service has none, as headless services and a pod's host ports
 * @param port on the cluster address and on the external addresses
 * @param nodePort on all of the node's own addresses, 0 if none
 * @param affinity how long a client stays with its backend, zero if it need not (Kubernetes'
 *     default for {@code ClientIP} is three hours)
 * @param staysHere whether the cluster address leads to backends of this node only ({@code
 *     internalTrafficPolicy: Local})
 * @param outside how else it is reached
 */
public record ServicePort(
    Key key,
    String clusterIp,
    int port,
    int nodePort,
    Duration affinity,
    boolean staysHere,
    Outside outside) {
  /** What tells ports of services apart. */
  public record Key(String namespace, String name, String portName, Protocol protocol) {}

  /** A port without affinity, policies and external addresses. */
  public static ServicePort of(
      String namespace,
      String name,
      String portName,
      Protocol protocol,
      String clusterIp,
      int port,
      int nodePort) {
    Key key = new Key(namespace, name, portName, protocol);
    return new ServicePort(key, clusterIp, port, nodePort, Duration.ZERO, false, Outside.PLAIN);
  }

  /**
   * A port of its node that a container has ({@code hostPort}): pods and the node reach it as they
   * reach a service, the world is seen by the container as who it is.
   *
   * @param hostIp the address of the node; empty or {@code 0.0.0.0} for all of them
   */
  public static ServicePort ofHost(
      String namespace, String pod, Protocol protocol, String hostIp, int port) {
    boolean everywhere = hostIp.isEmpty() || hostIp.equals("0.0.0.0");
    Key key = new Key(namespace, pod, "host-" + hostIp + "-" + port, protocol);
    Outside outside =
        new Outside(everywhere ? List.of() : List.of(hostIp), List.of(), List.of(), true);
    return new ServicePort(key, "", port, everywhere ? port : 0, Duration.ZERO, false, outside);
  }

  /** The same with affinity. */
  public ServicePort sticky(Duration time) {
    return new ServicePort(key, clusterIp, port, nodePort, time, staysHere, outside);
  }

  /** The same for pods and nodes that are served by backends of their own node only. */
  public ServicePort stayingHere() {
    return new ServicePort(key, clusterIp, port, nodePort, affinity, true, outside);
  }

  /** The same, reached in another way. */
  public ServicePort reached(Outside otherwise) {
    return new ServicePort(key, clusterIp, port, nodePort, affinity, staysHere, otherwise);
  }
}
