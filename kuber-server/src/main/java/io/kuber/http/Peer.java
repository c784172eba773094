package io.kuber.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Who is at the other end of a connection.
 *
 * <p>A client certificate that no given authority vouches for does not end the handshake, because
 * Kubernetes answers it with 401: the chain then is empty and {@code distrust} says why.
 *
 * @param address where the connection comes from
 * @param certificates the client's certificate, verified, and the chain it sent; empty without one
 * @param distrust why the certificate that the client presented does not count
 * @param isSecure whether the connection is encrypted
 * @param proxy the certificate of a proxy in front of this server, verified; it says who a request
 *     is passed on by, and not whose it is
 */
public record Peer(
    InetSocketAddress address,
    List<X509Certificate> certificates,
    Optional<String> distrust,
    boolean isSecure,
    Optional<X509Certificate> proxy) {
  /** Somebody who is no proxy. */
  public Peer(
      InetSocketAddress address,
      List<X509Certificate> certificates,
      Optional<String> distrust,
      boolean isSecure) {
    this(address, certificates, distrust, isSecure, Optional.empty());
  }

  /** Copies the chain. */
  public Peer {
    certificates = List.copyOf(certificates);
  }

  /** A client without encryption or certificate. */
  public static Peer plain(InetSocketAddress address) {
    return new Peer(address, List.of(), Optional.empty(), false);
  }
}
