package io.kuber.ingress.route;

/**
 * Where a backend listens.
 *
 * @param host an address, or for Services of type ExternalName a name
 */
public record Place(String host, int port) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
