package io.kuber.node.proxy;

import java.util.List;

/**
 * A port of a service with where it leads.
 *
 * @param backends a port without any is refused to clients at once
 */
public record ServedPort(ServicePort port, List<Backend> backends) {
  public ServedPort {
    backends = List.copyOf(backends);
  }
}
