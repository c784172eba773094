package io.kuber.dns;

import java.util.List;
import java.util.Locale;

/**
 * A service as DNS shows it.
 *
 * @param clusterIp empty for a headless service and for an alias
 * @param ports of the service; those of a headless one are its endpoints'
 * @param externalName the name it is an alias of ({@code type: ExternalName}), else empty
 */
public record DnsService(
    String namespace,
    String name,
    String clusterIp,
    List<DnsPort> ports,
    String externalName,
    List<DnsEndpoint> endpoints) {
  public DnsService {
    if (!clusterIp.isEmpty()) {
      IpText.check(clusterIp);
    }
    externalName = plain(externalName);
    ports = List.copyOf(ports);
    endpoints = List.copyOf(endpoints);
  }

  /** A name in lower case, without a dot at its end. */
  static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /** A service with an address of its own. */
  public static DnsService withAddress(
      String namespace, String name, String clusterIp, List<DnsPort> ports) {
    return new DnsService(namespace, name, clusterIp, ports, "", List.of());
  }

  /** A service that is its pods. */
  public static DnsService headless(String namespace, String name, List<DnsEndpoint> endpoints) {
    return new DnsService(namespace, name, "", List.of(), "", endpoints);
  }

  /** A service that is another name. */
  public static DnsService alias(String namespace, String name, String externalName) {
    return new DnsService(namespace, name, "", List.of(), externalName, List.of());
  }

  boolean isAlias() {
    return !externalName.isEmpty();
  }

  boolean isHeadless() {
    return clusterIp.isEmpty();
  }
}
