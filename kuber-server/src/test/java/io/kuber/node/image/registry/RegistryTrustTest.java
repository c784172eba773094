package io.kuber.node.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose certificate nobody knows but the owner of the node. */
final class RegistryTrustTest {
  private static final char[] NO_PASSWORD = new char[0];

  @TempDir private Path directory;
  private ClusterTrust authority;
  private HttpsServer registry;

  @BeforeEach
  void start() throws Exception {
    authority = ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now());
    registry = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.setHttpsConfigurator(new HttpsConfigurator(tls(authority.server())));
    registry.createContext(
        "/v2/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    registry.start();
  }

  @AfterEach
  void stop() {
    registry.stop(0);
  }

  private static SSLContext tls(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "registry", identity.key(), NO_PASSWORD, new Certificate[] {identity.certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private int asked(Optional<Path> authorities) throws IOException {
    URI uri = URI.create("https://127.0.0.1:" + registry.getAddress().getPort() + "/v2/");
    return new RegistryHttp(new RegistryTrust(authorities)).get(uri, Map.of()).statusCode();
  }

  @Test
  void trustsTheAuthorityThatIsNamedForTheRegistry() throws Exception {
    Path certificates = directory.resolve("certs.d");
    assertThatThrownBy(() -> asked(Optional.of(certificates))).isInstanceOf(IOException.class);
    Path other = Files.createDirectories(certificates.resolve("registry.example:5000"));
    Files.writeString(other.resolve("ca.crt"), authority.authority().certificatePem());
    assertThatThrownBy(() -> asked(Optional.of(certificates))).isInstanceOf(IOException.class);
    Path own =
        Files.createDirectories(
            certificates.resolve("127.0.0.1:" + registry.getAddress().getPort()));
    Files.copy(other.resolve("ca.crt"), own.resolve("ca.crt"));
    assertThat(asked(Optional.of(certificates))).isEqualTo(200);
    assertThatThrownBy(() -> asked(Optional.empty())).isInstanceOf(IOException.class);
  }

  @Test
  void saysWhichFileIsNoCertificate() throws Exception {
    Path own =
        Files.createDirectories(
            directory.resolve("certs.d/127.0.0.1:" + registry.getAddress().getPort()));
    Files.writeString(own.resolve("broken.crt"), "-----BEGIN CERTIFICATE-----\nx\n");
    assertThatThrownBy(() -> asked(Optional.of(directory.resolve("certs.d"))))
        .hasMessageContaining("broken.crt is no certificate in PEM");
  }
}
