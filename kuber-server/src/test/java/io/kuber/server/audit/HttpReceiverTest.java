package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.TestClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver over HTTPS that takes batches, refuses them, or says nothing. */
class HttpReceiverTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final byte[] EVENTS = "{\"items\":[]}".getBytes(UTF_8);

  @TempDir private Path directory;
  private final BlockingQueue<Request> received = new LinkedBlockingQueue<>(10);
  private ClusterTrust trust;
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void start() throws Exception {
    trust = ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now());
    TlsConfig tls =
        new TlsConfig(
            trust.server().key(),
            List.of(trust.server().certificate()),
            List.of(trust.authority().certificate()));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls),
            exchange -> {
              received.add(exchange.request());
              if (status > 0) {
                exchange.respond(Response.text(status, ""));
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String data(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }

  private Receiver receiver(String cluster, String user) throws IOException {
    Path file = directory.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: receiver
          cluster: {server: "https://127.0.0.1:%d/events", %s}
        users:
        - name: me
          user: {%s}
        contexts:
        - name: one
          context: {cluster: receiver, user: me}
        current-context: one
        """
            .formatted(server.port(), cluster, user));
    return HttpReceiver.of(file);
  }

  private String trusting() {
    return "certificate-authority-data: " + data(trust.authority().certificatePem());
  }

  @Test
  void sendsABatchWithItsToken() throws Exception {
    receiver(trusting(), "token: t0k3n").send(EVENTS, LONG);
    Request request = received.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/events");
    assertThat(request.body()).isEqualTo(EVENTS);
    assertThat(request.headers().first("Authorization")).contains("Bearer t0k3n");
    assertThat(request.headers().first("Content-Type")).contains("application/json");
  }

  @Test
  void showsItsCertificateAndReadsFilesBesideTheKubeconfig() throws Exception {
    Identity me = TestClients.user(trust, "auditor", "dev");
    Files.writeString(directory.resolve("ca.crt"), trust.authority().certificatePem());
    receiver(
            "certificate-authority: ca.crt",
            "client-certificate-data: %s, client-key-data: %s"
                .formatted(data(me.certificatePem()), data(me.keyPem())))
        .send(EVENTS, LONG);
    assertThat(received.take().peer().certificates().get(0)).isEqualTo(me.certificate());
  }

  @Test
  void believesNobodyUnlessItIsTold() throws Exception {
    assertThatThrownBy(() -> receiver("x: y", "").send(EVENTS, LONG))
        .isInstanceOf(IOException.class);
    receiver("insecure-skip-tls-verify: true", "").send(EVENTS, LONG);
    assertThat(received).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 403, 404})
  void isRefusedByWhatWillNotChange(int answer) throws Exception {
    status = answer;
    assertThatThrownBy(() -> receiver(trusting(), "").send(EVENTS, LONG))
        .isInstanceOf(Receiver.RefusedException.class)
        .hasMessageContaining("answers " + answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void failsWithWhatMayChange(int answer) throws Exception {
    status = answer;
    assertThatThrownBy(() -> receiver(trusting(), "").send(EVENTS, LONG))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Receiver.RefusedException.class);
  }

  @Test
  void waitsNoLongerThanItMay() throws Exception {
    status = 0;
    assertThatThrownBy(() -> receiver(trusting(), "").send(EVENTS, Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("timed out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "certificate-authority-data: eA==|token: x|certificate-authority",
        "certificate-authority-data: '%%'|token: x|certificate-authority-data: is no base64",
        "x: y|exec: {command: x}|users: exec is not supported",
        "x: y|client-certificate-data: CERT, client-key-data: eA==|client-key: is no key of PKCS #8",
      })
  void namesTheFieldThatCannotBeUsed(String cluster, String user, String why) {
    String mine = user.replace("CERT", data(trust.authority().certificatePem()));
    assertThatThrownBy(() -> receiver(cluster, mine))
        .isInstanceOfAny(IOException.class, IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
