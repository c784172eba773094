package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.server.trust.CertificateFiles;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Kubeconfig;
import io.kuber.server.trust.RenewedKeys;
import io.kuber.server.trust.ServerNames;
import io.kuber.server.trust.TestClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What servers show while a year goes by, in no time. */
@Timeout(180)
final class RenewalTest {
  private static final List<String> ADDRESSES = List.of("127.0.0.1");

  /** The certificates have to be valid for clients of today. */
  private final Instant start = Instant.now().minus(Duration.ofDays(1));

  @TempDir private Path directory;

  private static BigInteger shownBy(SSLContext client, int port) throws Exception {
    try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  @Test
  void showsANewCertificateWithoutARestartAndWritesTheKubeconfigAnew() throws Exception {
    ClusterTrust first = ClusterTrust.open(directory, ADDRESSES, start);
    Path kubeconfig = directory.resolve("kubeconfig");
    Kubeconfig.write(kubeconfig, "https://127.0.0.1", first);
    String before = Files.readString(kubeconfig);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    List<X509Certificate> authorities = List.of(first.authority().certificate());
    try (HttpServer server =
        HttpServer.start(
            HttpServerConfig.https(
                any, ApiListener.tls(first, authorities, List.of(), () -> start)),
            exchange -> exchange.respond(Response.text(200, "ok")))) {
      ShownTrust shown =
          new ShownTrust(
              directory,
              ServerNames.standard(ADDRESSES),
              List.of(),
              server,
              () -> start,
              kubeconfig,
              "https://127.0.0.1",
              first);
      SSLContext client = TestClients.showing(first, null);
      BigInteger old = first.server().certificate().getSerialNumber();
      shown.look(start.plus(Duration.ofDays(200)));
      assertThat(shownBy(client, server.port())).isEqualTo(old);
      assertThat(Files.readString(kubeconfig)).isEqualTo(before);

      assertThat(CertificateFiles.renew(directory)).containsExactly("apiserver", "admin");
      shown.look(start.plus(Duration.ofHours(1)));
      BigInteger renewed = shownBy(client, server.port());
      assertThat(renewed).isNotEqualTo(old);
      assertThat(Files.readString(kubeconfig)).isNotEqualTo(before);

      shown.look(start.plus(Duration.ofDays(300)));
      ClusterTrust last = ClusterTrust.open(directory, ADDRESSES, start.plus(Duration.ofDays(300)));
      assertThat(last.server().certificate().getSerialNumber()).isNotEqualTo(renewed);
      assertThat(last.server().certificate().getNotAfter().toInstant())
          .isAfter(start.plus(Duration.ofDays(600)));
      assertThat(last.authority().certificate()).isEqualTo(first.authority().certificate());
    }
  }

  @Test
  void listsWhatThereIsAndUntilWhen() throws Exception {
    ClusterTrust.open(directory, ADDRESSES, start);
    assertThat(CertificateFiles.list(directory))
        .extracting(CertificateFiles.Entry::name, CertificateFiles.Entry::isAuthority)
        .containsExactly(tuple("admin", false), tuple("apiserver", false), tuple("ca", true));
    CertificateFiles.Entry server = CertificateFiles.list(directory).get(1);
    assertThat(server.until()).isAfter(start.plus(Duration.ofDays(364)));
    assertThat(server.due())
        .isBetween(start.plus(Duration.ofDays(240)), start.plus(Duration.ofDays(250)));
  }

  @Test
  void showsPeersTheNewestCertificateFromTheNextConnectionOn() throws Exception {
    ClusterTrust trust = ClusterTrust.open(directory, ADDRESSES, start);
    RenewedKeys keys = new RenewedKeys(trust.server());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, null, null);
    SSLContext client = TestClients.showing(trust, null);
    try (SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 2, InetAddress.getByName("127.0.0.1"))) {
      for (int i = 0; i < 2; i++) {
        keys.show(trust.node("n" + i, ADDRESSES, start));
        Thread accepting = new Thread(() -> shake(listener));
        accepting.start();
        assertThat(shownBy(client, listener.getLocalPort()))
            .isEqualTo(keys.shown().certificate().getSerialNumber());
        accepting.join();
      }
    }
  }

  private static void shake(SSLServerSocket listener) {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.startHandshake();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
