package io.kuber.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/**
 * How a server proves who it is, and whose client certificates it believes.
 *
 * @param chain the server's certificate and the intermediate ones behind it
 * @param clientAuthorities who may vouch for clients; without any, clients are not asked
 * @param clock says when the certificates of clients are over
 */
public record TlsConfig(
    PrivateKey key,
    List<X509Certificate> chain,
    List<X509Certificate> clientAuthorities,
    InstantSource clock) {
  /** One for which the certificates of clients are over when the machine's clock says so. */
  public TlsConfig(
      PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
    this(key, chain, clientAuthorities, InstantSource.system());
  }

  /** Copies the lists. */
  public TlsConfig {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("TLS needs the certificate of the server: chain is empty");
    }
  }
}
