package io.kuber.node.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Access;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.container.Usage;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.node.stats.FileUse;
import io.kuber.node.stats.LinkUse;
import io.kuber.node.stats.LivePod;
import io.kuber.node.stats.MachineUse;
import io.kuber.node.stats.Measured;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.TestClients;
import io.kuber.server.tunnel.LocalGateway;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's endpoint behind TLS, asked with rights and without. */
final class NodeEndpointTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final KubeObject POD =
      KubeObject.of(
          Yaml.parse(
              """
              apiVersion: v1
              kind: Pod
              metadata: {name: web, namespace: shop, uid: u-1}
              spec: {nodeName: n1, containers: [{name: main, image: nginx}]}
              status: {startTime: "2026-01-01T00:00:00Z"}
              """
                  .getBytes(UTF_8)));

  /** Tokens are the names of their bearers, who may do what their name says. */
  private static final Authenticator TOKENS =
      (token, audiences) ->
          token.startsWith("may-")
              ? new Known(new User(token, List.of(User.AUTHENTICATED)), audiences)
              : new Refused("");

  @TempDir private static Path directory;
  private static ClusterTrust trust;
  private static NodeEndpoint endpoint;
  private static HttpServer server;

  private static final class ByName implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      boolean allowed =
          user.groups().contains(User.MASTERS)
              || deed instanceof OnResource on
                  && on.resource().equals("nodes")
                  && on.name().equals("n1")
                  && user.name().equals("may-" + on.verb() + "-" + on.subresource());
      return allowed ? Ruling.ALLOWED : Ruling.REFUSED;
    }

    @Override
    public Rights rights(User user, String namespace) {
      return Rights.NONE;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    trust = ClusterTrust.open(directory.resolve("pki"), List.of("127.0.0.1"), Instant.now());
    Path logs = Files.createDirectory(directory.resolve("log"));
    Files.writeString(logs.resolve("syslog"), "hello from the machine\n");
    Files.writeString(directory.resolve("secret"), "not a log\n");
    Files.createSymbolicLink(logs.resolve("out"), directory.resolve("secret"));
    NodeView node =
        new NodeView(
            "n1",
            "kuber.example",
            NOW,
            () -> List.of(new LivePod(POD, Map.of(), logs, Map.of())),
            () -> Optional.of(summary()),
            new LocalGateway(),
            logs);
    endpoint = new NodeEndpoint(node, InstantSource.system());
    Identity shown = trust.node("n1", List.of("127.0.0.1"), Instant.now());
    TlsConfig tls =
        new TlsConfig(
            shown.key(), List.of(shown.certificate()), List.of(trust.authority().certificate()));
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), tls)
                .withErrors(new NodeErrors()),
            new NodeGate("n1", new Access(TOKENS, TokenIssuer.NONE, new ByName()), endpoint));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
    server.close();
  }

  private static Summary summary() {
    FileUse disk = new FileUse(1000, 600, 400, 100, 60, 40);
    Usage usage = new Usage(2_500_000_000L, 3000, 2000, 1000, 7, 1, 5);
    Measured measured = new Measured(NOW, Duration.ofSeconds(5), usage, 250_000_000);
    LinkUse link = new LinkUse("eth0", 10, 0, 20, 0);
    return new Summary(
        "n1",
        NOW,
        measured,
        new MachineUse(usage, 8000, 32768, List.of(link)),
        disk,
        disk,
        List.of(
            new PodSummary(
                POD,
                List.of(new ContainerSummary("main", NOW, measured, disk, disk)),
                Optional.of(link),
                Map.of("scratch", disk))));
  }

  private static HttpResponse<String> send(
      SSLContext tls, @Nullable String token, String method, String path) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
            .method(method, BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> asAdmin(String method, String path) throws Exception {
    return send(TestClients.showing(trust, trust.admin()), null, method, path);
  }

  private static HttpResponse<String> withToken(String token, String method, String path)
      throws Exception {
    return send(TestClients.showing(trust, null), token, method, path);
  }

  private static String get(String path) throws Exception {
    HttpResponse<String> answer = asAdmin("GET", path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/pods", "/metrics", "/exec/shop/web/main", "/nonsense"})
  void answersNothingToWhoeverShowsNoCredentials(String path) throws Exception {
    HttpResponse<String> answer = send(TestClients.showing(trust, null), null, "GET", path);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("Unauthorized\n");
  }

  @Test
  void answersNothingToStrangers() throws Exception {
    SSLContext stranger = TestClients.showing(trust, TestClients.stranger("admin"));
    assertThat(send(stranger, null, "GET", "/pods").statusCode()).isEqualTo(401);
    assertThat(withToken("nobody's", "GET", "/pods").statusCode()).isEqualTo(401);
  }

  @Test
  void saysBelowWhichDomainItsPodsFindServices() throws Exception {
    assertThat(withToken("may-get-configz", "GET", "/configz").body())
        .contains("\"clusterDomain\":\"kuber.example\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /pods, get, pods",
    "GET, /pods, get, proxy",
    "GET, /runningpods/, get, pods",
    "GET, /healthz, get, healthz",
    "GET, /configz, get, configz",
    "GET, /stats/summary, get, stats",
    "GET, /metrics, get, metrics",
    "GET, /metrics/resource, get, metrics",
    "GET, /metrics/cadvisor, get, metrics",
    "GET, /metrics/probes, get, metrics",
    "GET, /logs/syslog, get, log",
    "GET, /containerLogs/shop/web/main, get, proxy",
    "POST, /run/shop/web/main?cmd=true, create, proxy",
  })
  void asksForTheNarrowestRight(String method, String path, String verb, String part)
      throws Exception {
    assertThat(withToken("may-" + verb + "-" + part, method, path).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = withToken("may-delete-" + part, method, path);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .startsWith(
            "Forbidden (user=may-delete-%s, verb=%s, resource=nodes, ".formatted(part, verb));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stats/summary", "/metrics", "/logs/syslog"})
  void doesNotTakeTheRightToProxyForTheRightToFigures(String path) throws Exception {
    assertThat(withToken("may-get-proxy", "GET", path).statusCode()).isEqualTo(403);
  }

  @Test
  void listsPods() throws Exception {
    Tree all = Json.parse(get("/pods").getBytes(UTF_8));
    assertThat(all.text("kind")).isEqualTo("PodList");
    assertThat(all.items("items").trees()).containsExactly(POD.tree());
    assertThat(Json.parse(get("/runningpods/").getBytes(UTF_8)).items("items")).isEmpty();
  }

  @Test
  void summarizes() throws Exception {
    Tree summary = Json.parse(get("/stats/summary").getBytes(UTF_8));
    assertThat(summary.text("node", "nodeName")).isEqualTo("n1");
    assertThat(summary.number(0, "node", "memory", "availableBytes")).isEqualTo(6000);
    assertThat(summary.number(0, "node", "fs", "usedBytes")).isEqualTo(400);
    assertThat(summary.number(0, "node", "rlimit", "curproc")).isEqualTo(5);
    Tree pod = summary.items("pods").tree(0);
    assertThat(pod.text("podRef", "uid")).isEqualTo("u-1");
    assertThat(pod.number(0, "cpu", "usageNanoCores")).isEqualTo(250_000_000);
    assertThat(pod.number(0, "network", "rxBytes")).isEqualTo(10);
    assertThat(pod.number(0, "ephemeral-storage", "usedBytes")).isEqualTo(1200);
    assertThat(pod.items("volume").tree(0).text("name")).isEqualTo("scratch");
    Tree container = pod.items("containers").tree(0);
    assertThat(container.number(0, "memory", "workingSetBytes")).isEqualTo(2000);
    assertThat(container.number(0, "rootfs", "inodesUsed")).isEqualTo(40);
    Tree brief = Json.parse(get("/stats/summary?only_cpu_and_memory=true").getBytes(UTF_8));
    assertThat(brief.tree("node").has("fs")).isFalse();
    assertThat(brief.items("pods").tree(0).has("network")).isFalse();
  }

  @Test
  void tellsPrometheus() throws Exception {
    assertThat(get("/metrics/resource"))
        .contains(
            "container_cpu_usage_seconds_total{container=\"main\",namespace=\"shop\",pod=\"web\"}"
                + " 2.5 1767225600000\n")
        .contains("node_memory_working_set_bytes 2000 1767225600000\n")
        .contains("resource_scrape_error 0\n");
    assertThat(get("/metrics/cadvisor"))
        .contains("container_memory_rss{container=\"main\",namespace=\"shop\",pod=\"web\"} 1000")
        .contains("container_network_receive_bytes_total{interface=\"eth0\"");
    assertThat(get("/metrics")).contains("kubelet_running_pods 0\n");
  }

  @Test
  void runsCommandsAndShowsLogs() throws Exception {
    assertThat(get("/containerLogs/shop/web/main")).isEqualTo("log of main\n");
    assertThat(asAdmin("POST", "/run/shop/web/u-1/main?cmd=echo%20hi").body()).isEqualTo("hi\n");
    assertThat(asAdmin("GET", "/containerLogs/shop/web/other").statusCode()).isEqualTo(404);
    assertThat(asAdmin("GET", "/containerLogs/shop/none/main").statusCode()).isEqualTo(404);
    assertThat(asAdmin("POST", "/exec/shop/web/main?command=true&output=1").statusCode())
        .isEqualTo(400);
    assertThat(asAdmin("POST", "/pods").statusCode()).isEqualTo(405);
  }

  @Test
  void showsTheLogsOfTheMachineAndNothingBesideThem() throws Exception {
    assertThat(get("/logs/")).contains("<a href=\"syslog\">");
    assertThat(get("/logs/syslog")).isEqualTo("hello from the machine\n");
    for (String path : Set.of("/logs/out", "/logs/%2e%2e/secret", "/logs/..%2fsecret")) {
      assertThat(asAdmin("GET", path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
