package io.kuber.http;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges client certificates after the handshake instead of in it: the handshake proves that the
 * client holds the key, and whether its certificate counts is for the answer to say (401), as with
 * Go's {@code tls.RequestClientCert}, which Kubernetes uses.
 *
 * <p>Who vouches for a certificate is found out once for each connection; whether its time has come
 * and is not over, anew for each request, since certificates end while connections last. The time
 * is that of a given clock. For any thread.
 */
public final class ClientTrust {
  private final List<X509Certificate> authorities;
  private final List<X509Certificate> proxyAuthorities;
  private final InstantSource clock;

  /** Believes these authorities; without any, clients are not asked for certificates. */
  public ClientTrust(List<X509Certificate> authorities, InstantSource clock) {
    this(authorities, List.of(), clock);
  }

  /**
   * The same with proxies in front.
   *
   * @param proxyAuthorities who may vouch for proxies, and for nobody else
   */
  ClientTrust(
      List<X509Certificate> authorities,
      List<X509Certificate> proxyAuthorities,
      InstantSource clock) {
    this.authorities = List.copyOf(authorities);
    this.proxyAuthorities = List.copyOf(proxyAuthorities);
    this.clock = clock;
  }

  /**
   * Who a client is, to be asked anew for each of its requests.
   *
   * @param chain what it has shown, its own certificate first; empty without one
   */
  public Supplier<Peer> peers(InetSocketAddress address, List<X509Certificate> chain) {
    Optional<String> distrust = chain.isEmpty() ? Optional.empty() : distrust(chain, authorities);
    Optional<X509Certificate> proxy =
        chain.isEmpty()
                || proxyAuthorities.isEmpty()
                || distrust(chain, proxyAuthorities).isPresent()
            ? Optional.empty()
            : Optional.of(chain.get(0));
    List<X509Certificate> shown = distrust.isPresent() ? List.of() : chain;
    Peer peer = new Peer(address, shown, distrust, true, proxy);
    if (shown.isEmpty() && proxy.isEmpty()) {
      return () -> peer;
    }
    Validity validity = Validity.of(chain.get(0));
    return () ->
        validity
            .refusal(clock.instant())
            .map(over -> new Peer(address, List.of(), Optional.of("x509: " + over), true))
            .orElse(peer);
  }

  /** Why no authority vouches for the chain; empty when one does. */
  private Optional<String> distrust(List<X509Certificate> chain, List<X509Certificate> believed) {
    if (believed.isEmpty()) {
      return Optional.of("client certificates are not asked for");
    }
    X509Certificate leaf = chain.get(0);
    try {
      new Authorities(believed)
          .judge(leaf, clock.instant())
          .checkClientTrusted(
              chain.toArray(new X509Certificate[0]), leaf.getPublicKey().getAlgorithm());
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(
          "x509: certificate of " + leaf.getSubjectX500Principal() + " does not count: " + e);
    }
  }

  /** What the handshake asks: takes every chain, and names the authorities to the client. */
  X509ExtendedTrustManager takingAll() {
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.addAll(proxyAuthorities);
    return new TakingAll(all.toArray(new X509Certificate[0]));
  }

  private static final class TakingAll extends X509ExtendedTrustManager {
    private final X509Certificate[] authorities;

    TakingAll(X509Certificate[] authorities) {
      this.authorities = authorities;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.clone();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this side is the server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, type);
    }
  }
}
