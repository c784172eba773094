package io.kuber.dns;

import java.util.List;

/**
 * A pod behind a service that shall be found: a ready one, or any if the service publishes those
 * that are not ready.
 *
 * @param hostname the pod's host name if its subdomain is the service, else empty
 * @param ports as the pod listens
 */
public record DnsEndpoint(String ip, String hostname, List<DnsPort> ports) {
  public DnsEndpoint {
    IpText.check(ip);
    ports = List.copyOf(ports);
  }

  /** The name under the service: the host name, or the address with dashes. */
  String label() {
    return hostname.isEmpty() ? IpText.label(ip) : hostname;
  }
}
