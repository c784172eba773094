package io.kuber.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes connections secure: the other side has to show a certificate for its name, signed by those
 * that the configuration names. Contexts are kept, and with them sessions of TLS, which makes the
 * next connection to the same webhook cheap.
 */
final class Authorities {
  /** Bundles whose contexts are kept. */
  private static final int MAX_CONTEXTS = 100;

  private final Cache<String, SSLContext> contexts =
      CacheBuilder.newBuilder().maximumSize(MAX_CONTEXTS).build();

  /** Lays TLS over a connection and shakes hands; an empty bundle stands for the system's. */
  SSLSocket secured(Socket plain, String host, String caBundle)
      throws IOException, GeneralSecurityException {
    SSLContext context = contexts.getIfPresent(caBundle);
    if (context == null) {
      context = context(caBundle);
      contexts.put(caBundle, context);
    }
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static SSLContext context(String caBundle) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (caBundle.isEmpty()) {
      context.init(null, null, null);
      return context;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int count = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(caBundle.getBytes(UTF_8)))) {
      trusted.setCertificateEntry("authority-" + count++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
