package io.kuber.load;

import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The current context of a kubeconfig, whoever wrote it: certificates inside the file or beside it,
 * keys in each of the three forms of PEM, or a token.
 *
 * @param token empty where a certificate says who we are
 */
record Kubeconfig(URI server, SSLContext tls, String token) {
  private static final char[] NO_PASSWORD = {};

  /** Reads a file; throws {@link IOException} naming it when nobody can connect with it. */
  static Kubeconfig read(Path file) throws IOException {
    Tree config = Yaml.parse(Files.readAllBytes(file));
    Tree context = named(config, "contexts", config.text("current-context")).tree("context");
    Tree cluster = named(config, "clusters", context.text("cluster")).tree("cluster");
    Tree user = named(config, "users", context.text("user")).tree("user");
    try {
      return new Kubeconfig(
          URI.create(cluster.text("server")), tls(file, cluster, user), user.text("token"));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds certificates that cannot be used", e);
    }
  }

  private static Tree named(Tree config, String list, String name) throws IOException {
    return config.items(list).trees().stream()
        .filter(entry -> entry.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("the kubeconfig has no \"" + name + "\" in " + list));
  }

  private static SSLContext tls(Path file, Tree cluster, Tree user)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity(file, user), NO_PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = emptyStore();
    for (Certificate authority : certificates(content(file, cluster, "certificate-authority"))) {
      trusted.setCertificateEntry("ca-" + trusted.size(), authority);
    }
    trust.init(trusted);
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static KeyStore identity(Path file, Tree user)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    byte[] chain = content(file, user, "client-certificate");
    if (chain.length > 0) {
      PrivateKey key = key(content(file, user, "client-key"));
      store.setKeyEntry("client", key, NO_PASSWORD, certificates(chain));
    }
    return store;
  }

  private static Certificate[] certificates(byte[] pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .toArray(Certificate[]::new);
  }

  private static PrivateKey key(byte[] pem) throws IOException {
    try (PEMParser parser =
        new PEMParser(
            new InputStreamReader(new ByteArrayInputStream(pem), StandardCharsets.US_ASCII))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
        if (part instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
      }
    }
    throw new IOException("the kubeconfig has no key that can be read");
  }

  /** What a field holds in the file, or in another that it names. */
  private static byte[] content(Path file, Tree tree, String field) throws IOException {
    String inline = tree.text(field + "-data");
    if (!inline.isEmpty()) {
      return Base64.getDecoder().decode(inline);
    }
    String name = tree.text(field);
    return name.isEmpty()
        ? new byte[0]
        : Files.readAllBytes(file.toAbsolutePath().resolveSibling(name));
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
