package io.kuber.server.trust;

import java.util.List;
import java.util.stream.Stream;

/**
 * By which the API server is reached, and what its certificate is good for. Immutable.
 *
 * @param names in DNS
 * @param addresses of IP
 */
public record ServerNames(List<String> names, List<String> addresses) {
  private static final String STANDARD_DOMAIN = "cluster.local";

  /** Copies the lists. */
  public ServerNames {
    names = List.copyOf(names);
    addresses = List.copyOf(addresses);
  }

  /** Those of a cluster that has not chosen a domain of its own. */
  public static ServerNames standard(List<String> addresses) {
    return below(STANDARD_DOMAIN, addresses);
  }

  /** The names of Service {@code kubernetes}, the last of them below a cluster's domain. */
  public static ServerNames below(String domain, List<String> addresses) {
    String service = "kubernetes.default.svc";
    return new ServerNames(
        List.of("localhost", "kubernetes", "kubernetes.default", service, service + "." + domain),
        addresses);
  }

  /** Names and addresses. */
  List<String> all() {
    return Stream.concat(names.stream(), addresses.stream()).toList();
  }
}
