package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Probes that ask real servers: gRPC health over HTTP/2, and HTTP and TLS. The servers listen in
 * the node's network, which the pods share.
 */
@Execution(ExecutionMode.CONCURRENT)
final class ProbeFieldsTest {
  @TempDir private static Path directory;

  @RegisterExtension private static final NodeBench BENCH = new NodeBench(() -> directory);

  private static HealthServer health;
  private static HttpServer web;

  @BeforeAll
  static void startServers() {
    health = BENCH.inside(HealthServer::start);
    web = BENCH.inside(ProbeFieldsTest::startSecure);
  }

  private static HttpServer startSecure() throws IOException {
    ClusterTrust trust =
        ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now());
    Identity shown = trust.server();
    TlsConfig tls = new TlsConfig(shown.key(), List.of(shown.certificate()), List.of());
    return HttpServer.start(
        HttpServerConfig.https(new InetSocketAddress(0), tls),
        exchange -> exchange.respond(answer(exchange.request())));
  }

  private static Response answer(Request request) {
    return switch (request.path()) {
      case "/healthy" -> Response.text(200, "well");
      case "/moved" -> Response.empty(302).with("location", "healthy?again");
      case "/lost" -> Response.empty(302).with("location", "/nowhere");
      case "/away" -> Response.text(307, "gone").with("location", "https://elsewhere.example/");
      case "/circle" -> Response.empty(301).with("location", "/circle");
      case "/header" -> Response.empty(request.headers().first("x-ask").isPresent() ? 200 : 400);
      default -> Response.text(500, "ill");
    };
  }

  @AfterAll
  static void stopServers() {
    if (health != null) {
      health.close();
    }
    if (web != null) {
      web.close();
    }
  }

  private static final FieldReader READER = new FieldReader(BENCH);

  private String probed(String probe, String action) {
    String filled =
        action
            .replace("GRPC", Integer.toString(health.port()))
            .replace("TLS", Integer.toString(web.port()));
    return READER.start(
        "hostNetwork: true",
        probe + ": {periodSeconds: 1, timeoutSeconds: 20, " + filled + "}",
        "sleep 1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'grpc: {port: GRPC}'",
        "'grpc: {port: GRPC, service: up}'",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /healthy}'",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /moved}'",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /header, httpHeaders: [{name: X-Ask, value: probe}]}'",
        "'httpGet: {host: 127.0.0.1, port: TLS, scheme: HTTPS, path: /healthy}'",
        "'tcpSocket: {port: TLS}'",
        "'exec: {command: [\"true\"]}'",
      })
  void isReadyWhenTheServerSaysSo(String action) {
    String name = probed("readinessProbe", action);
    BENCH.awaitReady(name);
    BENCH.delete(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'grpc: {port: GRPC, service: down}'"
            + " | service unhealthy (responded with \"NOT_SERVING\")",
        "'grpc: {port: GRPC, service: nobody}'" + " | error: health rpc probe failed",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /ill}'"
            + " | HTTP probe failed with statuscode: 500",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /header}'"
            + " | HTTP probe failed with statuscode: 400",
        "'httpGet: {port: TLS, path: /healthy}' | 'Get \"http://'",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /lost}'"
            + " | HTTP probe failed with statuscode: 500",
        "'httpGet: {port: TLS, scheme: HTTPS, path: /circle}' | stopped after 10 redirects",
        "'exec: {command: [sh, -c, \"echo broken; exit 3\"]}' | broken",
      })
  void isNotReadyAndSaysWhy(String action, String message) {
    String name = probed("readinessProbe", action);
    NodeBench.until(
        () -> warnings(name, "Unhealthy").stream().anyMatch(text -> text.contains(message)));
    KubeObject pod = BENCH.cluster().pod(name);
    assertThat(NodeBench.isReady(pod)).isFalse();
    BENCH.delete(name);
  }

  @Test
  void isReadyAndWarnsWhenItIsSentAway() {
    String name = probed("readinessProbe", "httpGet: {port: TLS, scheme: HTTPS, path: /away}");
    BENCH.awaitReady(name);
    NodeBench.until(
        () ->
            warnings(name, "ProbeWarning")
                .contains(
                    "Readiness probe warning: Probe terminated redirects, Response body: gone"));
    BENCH.delete(name);
  }

  @Test
  void endsNoContainerWhoseHookIsAnsweredWithAnError() {
    String name =
        READER.start(
            "hostNetwork: true",
            "lifecycle: {postStart: {httpGet: {port: %d, scheme: HTTPS, path: /ill}}}"
                .formatted(web.port()),
            "sleep 1000");
    BENCH.awaitReady(name);
    assertThat(warnings(name, "FailedPostStartHook")).isEmpty();
    BENCH.delete(name);
  }

  private static List<String> warnings(String pod, String reason) {
    return BENCH.cluster().list(Resources.EVENTS).stream()
        .map(KubeObject::tree)
        .filter(event -> event.text("involvedObject", "name").equals(pod))
        .filter(event -> event.text("reason").equals(reason))
        .map((Tree event) -> event.text("message"))
        .toList();
  }
}
