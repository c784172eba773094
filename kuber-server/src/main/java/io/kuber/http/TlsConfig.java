package io.kuber.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a server proves who it is, and whose client certificates it believes.
 *
 * @param chain the server's certificate and the intermediate ones behind it
 * @param clientAuthorities who may vouch for clients; without any, clients are not asked
 */
public record TlsConfig(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
  /** Copies the lists. */
  public TlsConfig {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("TLS needs the certificate of the server: chain is empty");
    }
  }
}
