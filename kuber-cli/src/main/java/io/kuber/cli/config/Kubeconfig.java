package io.kuber.cli.config;

import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a kubeconfig file says of its current context: the server's address and what both sides show
 * each other.
 *
 * @param authority of the cluster
 */
public record Kubeconfig(URI server, X509Certificate authority, SSLContext tls) {
  private static final char[] NO_PASSWORD = {};

  /** Reads a file; throws {@link IOException} naming it when it is not what kuber writes. */
  public static Kubeconfig read(Path file) throws IOException {
    Tree config = Yaml.parse(Files.readAllBytes(file));
    Tree cluster = config.items("clusters").tree(0).tree("cluster");
    Tree user = config.items("users").tree(0).tree("user");
    try {
      return new Kubeconfig(
          URI.create(cluster.text("server")),
          certificate(cluster.text("certificate-authority-data")),
          tls(cluster, user));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds certificates that cannot be used", e);
    }
  }

  private static SSLContext tls(Tree cluster, Tree user)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("ca", certificate(cluster.text("certificate-authority-data")));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyStore own = emptyStore();
    Certificate client = certificate(user.text("client-certificate-data"));
    own.setKeyEntry(
        "client",
        key(user.text("client-key-data"), client),
        NO_PASSWORD,
        new Certificate[] {client});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static X509Certificate certificate(String data) throws GeneralSecurityException {
    byte[] pem = Base64.getDecoder().decode(data);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  /** The key that belongs to a certificate, and is of its algorithm. */
  private static PrivateKey key(String data, Certificate certificate)
      throws GeneralSecurityException {
    String pem = new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII);
    byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }
}
