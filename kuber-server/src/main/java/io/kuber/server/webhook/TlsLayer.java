package io.kuber.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.kuber.http.Authorities;
import io.kuber.http.Validity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Makes connections secure: the other side has to show a certificate for its name, signed by those
 * that the configuration names and valid by the clock of the cluster. Contexts are kept, and with
 * them sessions of TLS, which makes the next connection to the same webhook cheap; since a session
 * that is resumed is not judged again, the dates are looked at after every handshake.
 */
public final class TlsLayer {
  /** Bundles whose contexts are kept. */
  private static final int MAX_CONTEXTS = 100;

  private final Cache<String, SSLContext> contexts =
      CacheBuilder.newBuilder().maximumSize(MAX_CONTEXTS).build();

  private final InstantSource clock;
  private final KeyManager[] keys;

  /** One that shows no certificate itself. */
  TlsLayer(InstantSource clock) {
    this(clock, new KeyManager[0]);
  }

  /** One that shows what {@code keys} have, to those who ask for it. */
  public TlsLayer(InstantSource clock, KeyManager[] keys) {
    this.clock = clock;
    this.keys = keys.clone();
  }

  /**
   * Lays TLS over a connection and shakes hands.
   *
   * @param host the name that the certificate has to have
   * @param caBundle PEM of who may have signed it; empty for those whom the system trusts
   */
  public SSLSocket secured(Socket plain, String host, String caBundle)
      throws IOException, GeneralSecurityException {
    SSLContext context = contexts.getIfPresent(caBundle);
    if (context == null) {
      context = context(caBundle);
      contexts.put(caBundle, context);
    }
    SSLSocket secure = over(plain, host, context);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    checkDates((X509Certificate) secure.getSession().getPeerCertificates()[0]);
    return secure;
  }

  /** The same, whatever certificate the other side shows: for who has asked for it in writing. */
  public SSLSocket securedBlindly(Socket plain, String host)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new AnyServer()}, null);
    SSLSocket secure = over(plain, host, context);
    secure.startHandshake();
    return secure;
  }

  private static SSLSocket over(Socket plain, String host, SSLContext context) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
  }

  private void checkDates(X509Certificate shown) throws IOException {
    Optional<String> over = Validity.of(shown).refusal(clock.instant());
    if (over.isPresent()) {
      SSLHandshakeException refused = new SSLHandshakeException(over.get());
      refused.initCause(new CertificateException(over.get()));
      throw refused;
    }
  }

  private SSLContext context(String caBundle) throws GeneralSecurityException {
    Authorities authorities =
        caBundle.isEmpty() ? Authorities.ofMachine() : new Authorities(certificates(caBundle));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new WebhookTrust(authorities, clock)}, null);
    return context;
  }

  private static List<X509Certificate> certificates(String caBundle) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(caBundle.getBytes(UTF_8)))
        .forEach(certificate -> certificates.add((X509Certificate) certificate));
    return certificates;
  }
}
