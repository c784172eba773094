package io.kuber.server.trust;

import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS settings of clients that trust a cluster, and certificates that they show. */
public final class TestClients {
  private static final char[] PASSWORD = "test".toCharArray();

  private TestClients() {}

  /** A client that shows {@code identity}, or nothing. */
  public static SSLContext showing(ClusterTrust cluster, @Nullable Identity identity)
      throws Exception {
    KeyStore trusted = emptyStore();
    trusted.setCertificateEntry("authority", cluster.authority().certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyStore shown = emptyStore();
    if (identity != null) {
      X509Certificate[] chain = {identity.certificate()};
      shown.setKeyEntry("client", identity.key(), PASSWORD, chain);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(shown, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** A certificate that the cluster's authority issues for a user. */
  public static Identity user(ClusterTrust cluster, String name, String... groups)
      throws Exception {
    return new CertificateAuthority(cluster.authority(), Instant.now())
        .issueClient(name, List.of(groups));
  }

  /** A certificate of an authority that no cluster knows, under the name of the cluster's own. */
  public static Identity stranger(String name) throws Exception {
    return CertificateAuthority.create("kuber", Instant.now())
        .issueClient(name, List.of("system:masters"));
  }

  private static KeyStore emptyStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
