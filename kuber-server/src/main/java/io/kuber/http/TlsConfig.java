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
 * @param proxyAuthorities who may vouch for proxies in front of the server
 * @param clock says when the certificates of clients are over
 */
public record TlsConfig(
    PrivateKey key,
    List<X509Certificate> chain,
    List<X509Certificate> clientAuthorities,
    List<X509Certificate> proxyAuthorities,
    InstantSource clock) {
  /** One without proxies in front. */
  public TlsConfig(
      PrivateKey key,
      List<X509Certificate> chain,
      List<X509Certificate> clientAuthorities,
      InstantSource clock) {
    this(key, chain, clientAuthorities, List.of(), clock);
  }

  /** One for which the certificates of clients are over when the machine's clock says so. */
  public TlsConfig(
      PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
    this(key, chain, clientAuthorities, InstantSource.system());
  }

  /** Copies the lists. */
  public TlsConfig {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
    proxyAuthorities = List.copyOf(proxyAuthorities);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("TLS needs the certificate of the server: chain is empty");
    }
  }
}
