package io.kuber.server.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
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

  private static TrustManager[] trusting(Path file) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> authorities =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
    if (authorities.isEmpty()) {
      throw new GeneralSecurityException("there is no certificate");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }
}
