package io.kuber.server.join;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes a server whose chain ends in the authority that a token pins, and whose certificate that
 * authority issued for the address it was reached at. All else is left to the JDK, which is given
 * the authority as the only one.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final String pin;

  PinnedTrust(String pin) {
    this.pin = pin;
  }

  /** TLS of clients with this trust. */
  static SSLContext context(String pin) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedTrust(pin)}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private X509ExtendedTrustManager judge(X509Certificate[] chain) throws CertificateException {
    X509Certificate authority = chain[chain.length - 1];
    if (!JoinToken.pinOf(authority).equals(pin)) {
      throw new WrongAuthorityException();
    }
    try {
      KeyStore only = KeyStore.getInstance(KeyStore.getDefaultType());
      only.load(null, null);
      only.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(only);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException | IOException e) {
      throw new CertificateException("the authority cannot be used", e);
    }
  }

  /** The server belongs to another cluster than the token, or somebody stands in between. */
  static final class WrongAuthorityException extends CertificateException {
    private static final long serialVersionUID = 1;

    WrongAuthorityException() {
      super("the server's authority is not the one that the token pins");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge(chain).checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge(chain).checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("without a connection its address cannot be checked");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this side is the client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("this side is the client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("this side is the client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
