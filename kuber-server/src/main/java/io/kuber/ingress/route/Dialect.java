package io.kuber.ingress.route;

import java.util.Locale;

/** What a backend speaks, as the port's {@code appProtocol} says it (KEP-3726). */
public enum Dialect {
  /** HTTP/1.1. */
  HTTP,
  /** HTTP/1.1 in TLS; whose certificate it is does not matter, as with other controllers. */
  HTTPS,
  /** HTTP/2 without TLS and from the first byte on, as gRPC servers want it. */
  H2C;

  /** The dialect of a port's {@code appProtocol}; what is not known is HTTP. */
  static Dialect of(String appProtocol) {
    return switch (appProtocol.toLowerCase(Locale.ROOT)) {
      case "https" -> HTTPS;
      case "kubernetes.io/h2c", "h2c", "grpc" -> H2C;
      default -> HTTP;
    };
  }
}
