package io.kuber.server.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Authorities of others in a PEM file. */
public final class AuthorityFile {
  private AuthorityFile() {}

  /**
   * TLS of a client that believes those of a file alone; without one, those of the JDK.
   *
   * @throws IOException when the file cannot be read or has no certificate; the message names it
   */
  public static SSLContext context(Optional<Path> file) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, file.isPresent() ? trusting(file.get()) : null, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "the authority in " + file.map(Path::toString).orElse("the JDK") + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * TLS of a client that believes those of a text alone.
   *
   * @param pem the text
   * @param source what to call it in a message
   * @throws IOException when it has no certificate
   */
  public static SSLContext context(byte[] pem, String source) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(certificates(pem)), new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority in " + source + ": " + e.getMessage(), e);
    }
  }

  /**
   * The certificates of a file.
   *
   * @throws IOException when the file cannot be read or has no certificate; the message names it
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      return certificates(Files.readAllBytes(file));
    } catch (GeneralSecurityException e) {
      throw new IOException("the authority in " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
    List<X509Certificate> authorities = new ArrayList<>();
    CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .forEach(certificate -> authorities.add((X509Certificate) certificate));
    if (authorities.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    return authorities;
  }

  private static TrustManager[] trusting(Path file) throws IOException, GeneralSecurityException {
    return trusting(certificates(Files.readAllBytes(file)));
  }

  private static TrustManager[] trusting(List<X509Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }
}
