package io.kuber.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Judges client certificates after the handshake instead of in it: the handshake proves that the
 * client holds the key, and whether its certificate counts is for the answer to say (401), as with
 * Go's {@code tls.RequestClientCert}, which Kubernetes uses.
 */
final class ClientTrust {
  private final List<X509Certificate> authorities;
  private final Optional<X509TrustManager> judge;

  ClientTrust(List<X509Certificate> authorities) {
    this.authorities = authorities;
    this.judge = authorities.isEmpty() ? Optional.empty() : Optional.of(judge(authorities));
  }

  private static X509TrustManager judge(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use the certificates of client authorities", e);
    }
  }

  /** Why no authority vouches for the chain; empty when one does. */
  Optional<String> distrust(List<X509Certificate> chain) {
    if (judge.isEmpty()) {
      return Optional.of("client certificates are not asked for");
    }
    X509Certificate leaf = chain.get(0);
    try {
      judge
          .get()
          .checkClientTrusted(
              chain.toArray(new X509Certificate[0]), leaf.getPublicKey().getAlgorithm());
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(
          "x509: certificate of " + leaf.getSubjectX500Principal() + " does not count: " + e);
    }
  }

  /** What the handshake asks: takes every chain, and names the authorities to the client. */
  X509ExtendedTrustManager takingAll() {
    return new TakingAll(authorities.toArray(new X509Certificate[0]));
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
