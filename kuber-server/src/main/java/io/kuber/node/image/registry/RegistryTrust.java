package io.kuber.node.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Who vouches for registries besides the authorities that the JDK knows: files {@code
 * DIR/HOST[:PORT]/*.crt} in PEM, as Docker and containerd have them ({@code certs.d}).
 */
final class RegistryTrust {
  private final Optional<Path> directory;

  /** Authorities in a directory, which is read whenever a registry is asked for the first time. */
  RegistryTrust(Optional<Path> directory) {
    this.directory = directory;
  }

  /** What to make connections to a host with; empty where nobody has to be trusted specially. */
  Optional<SSLContext> of(String hostAndPort) throws IOException {
    List<Certificate> authorities = authorities(hostAndPort);
    if (authorities.isEmpty()) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store(authorities)), null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates for " + hostAndPort + " cannot be used: " + e, e);
    }
  }

  private List<Certificate> authorities(String hostAndPort) throws IOException {
    Path own = directory.map(all -> all.resolve(hostAndPort)).orElse(null);
    List<Certificate> found = new ArrayList<>();
    if (own == null || hostAndPort.contains("/") || !Files.isDirectory(own)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(own, "*.crt")) {
      for (Path file : files) {
        found.addAll(read(file));
      }
    }
    return found;
  }

  private static List<Certificate> read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no certificate in PEM: " + e.getMessage(), e);
    }
  }

  /** These, and all that the JDK trusts: a registry may move to a public authority. */
  private static KeyStore store(List<Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    List<Certificate> all = new ArrayList<>(authorities);
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager known) {
        all.addAll(List.<X509Certificate>of(known.getAcceptedIssuers()));
      }
    }
    for (int i = 0; i < all.size(); i++) {
      store.setCertificateEntry("authority-" + i, all.get(i));
    }
    return store;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
