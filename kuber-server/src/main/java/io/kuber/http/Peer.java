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
 */
public record Peer(
    InetSocketAddress address,
    List<X509Certificate> certificates,
    Optional<String> distrust,
    boolean isSecure) {
  /** Copies the chain. */
  public Peer {
    certificates = List.copyOf(certificates);
  }

  /** A client without encryption or certificate. */
  public static Peer plain(InetSocketAddress address) {
    return new Peer(address, List.of(), Optional.empty(), false);
  }
}
