package io.kuber.server.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS of clients of this cluster. */
final class ClientTls {
  private static final char[] NO_PASSWORD = {};

  private ClientTls() {}

  /** Shows an identity, and believes servers of the authority. */
  static SSLContext showing(Identity identity, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    return showing(keys(identity), authority);
  }

  /** Shows what {@code keys} show, and believes servers of the authority. */
  static SSLContext showing(KeyManager[] keys, X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, NO_PASSWORD);
    trusted.setCertificateEntry("authority", authority);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  /** What shows an identity. */
  static KeyManager[] keys(Identity identity) throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null, NO_PASSWORD);
    own.setKeyEntry(
        "client", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    return keys.getKeyManagers();
  }
}
