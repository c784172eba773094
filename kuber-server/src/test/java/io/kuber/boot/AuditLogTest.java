package io.kuber.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.http.Exchange;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.audit.LogConfig;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.TestClients;
import io.kuber.server.webhook.Webhook;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log of a server tells of real requests, which all come before the first test. */
final class AuditLogTest {
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitManagedFields: true
      rules:
      - {level: None, nonResourceURLs: [/healthz]}
      - {level: Metadata, resources: [{group: "", resources: [secrets]}]}
      - {level: Request, resources: [{group: "", resources: [namespaces]}]}
      - {level: RequestResponse}
      """;

  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir private static Path directory;
  private static List<Tree> events;
  private static ClusterTrust trust;
  private static Cluster cluster;

  @BeforeAll
  static void ask() throws Exception {
    Path log = directory.resolve("audit.log");
    cluster =
        Cluster.start(options("data", POLICY, log.toString()), new NoNodes(), Progress.SILENT);
    try {
      trust = trust("data");
      requests();
    } finally {
      cluster.close();
    }
    events =
        Files.readAllLines(log).stream().map(line -> Json.parse(line.getBytes(UTF_8))).toList();
  }

  private static ClusterOptions options(String data, String policy, String log) throws IOException {
    Path file = Files.writeString(directory.resolve(data + ".yaml"), policy);
    return new ClusterOptions(directory.resolve(data), 0, "unused")
        .with(
            new AuditOptions(
                Optional.of(file), Optional.of(new LogConfig(log, 0, 0, 0)), Optional.empty()));
  }

  private static ClusterTrust trust(String data) throws IOException {
    return ClusterTrust.open(
        directory.resolve(data).resolve("pki"), List.of("127.0.0.1"), Instant.now());
  }

  private static void requests() throws Exception {
    Identity admin = trust.admin();
    String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
    assertThat(send(admin, "POST", MAPS + "?dryRun=", map, "Audit-Id", "create")).isEqualTo(201);
    send(
        admin,
        "PATCH",
        MAPS + "/a",
        "{\"data\":{\"x\":\"1\"}}",
        "Audit-Id",
        "patch",
        "Content-Type",
        "application/merge-patch+json");
    send(admin, "GET", MAPS + "/a", "", "Audit-Id", "get", "User-Agent", "A".repeat(2000));
    send(admin, "GET", MAPS, "", "Audit-Id", "list", "X-Forwarded-For", "10.1.2.3, nobody, ::1");
    send(
        admin,
        "GET",
        MAPS,
        "",
        "Audit-Id",
        "table",
        "Accept",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    send(
        admin,
        "GET",
        MAPS,
        "",
        "Audit-Id",
        "protobuf",
        "Accept",
        "application/vnd.kubernetes.protobuf");
    send(admin, "GET", MAPS + "/none", "", "Audit-Id", "missing", "X-Real-Ip", "10.9.9.9");
    send(
        admin,
        "DELETE",
        MAPS + "/a",
        "{\"propagationPolicy\":\"Background\"}",
        "Audit-Id",
        "delete");
    String secret =
        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},"
            + "\"stringData\":{\"k\":\"hidden-value\"}}";
    send(admin, "POST", "/api/v1/namespaces/default/secrets", secret, "Audit-Id", "secret");
    send(admin, "GET", "/api/v1/namespaces/default", "", "Audit-Id", "namespace");
    send(admin, "GET", "/version", "", "Audit-Id", "version");
    send(admin, "GET", "/healthz", "", "Audit-Id", "healthz");
    send(
        admin,
        "GET",
        MAPS,
        "",
        "Audit-Id",
        "as",
        "Impersonate-User",
        "jane",
        "Impersonate-Group",
        "dev");
    send(null, "GET", MAPS, "", "Audit-Id", "anonymous");
    send(null, "GET", MAPS, "", "Audit-Id", "stranger", "Authorization", "Bearer wrong");
    watch(admin);
    admission(admin);
  }

  /**
   * A namespace, a policy and two webhooks, one of which is not there, which have things to say.
   */
  private static void admission(Identity admin) throws Exception {
    String registration = "/apis/admissionregistration.k8s.io/v1/";
    String namespace =
        "{\"metadata\":{\"name\":\"told\",\"labels\":"
            + "{\"pod-security.kubernetes.io/audit\":\"baseline\"}}}";
    assertThat(send(admin, "POST", "/api/v1/namespaces", namespace, "Audit-Id", "x"))
        .isEqualTo(201);
    try (Webhook webhook = new Webhook(directory.resolve("webhook"), AuditLogTest::labels)) {
      String hooks =
          """
          {"metadata":{"name":"hooks"},"webhooks":[
           {"name":"real.example.com","clientConfig":{"url":"%s","caBundle":"%s"},
            "admissionReviewVersions":["v1"],"sideEffects":"None","rules":[%s]},
           {"name":"away.example.com","clientConfig":{"url":"https://127.0.0.1:1/"},
            "failurePolicy":"Ignore","admissionReviewVersions":["v1"],"sideEffects":"None",
            "rules":[%s]}]}
          """
              .formatted(webhook.url(), webhook.caBundle(), RULE, RULE);
      assertThat(
              send(admin, "POST", registration + "mutatingwebhookconfigurations", hooks, "A", "x"))
          .isEqualTo(201);
      String pod =
          "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"hostNetwork\":true,"
              + "\"automountServiceAccountToken\":false,"
              + "\"containers\":[{\"name\":\"a\",\"image\":\"i\"}]}}";
      send(admin, "POST", "/api/v1/namespaces/told/pods?dryRun=All", pod, "Audit-Id", "admitted");
    }
  }

  private static final String RULE =
      "{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],"
          + "\"resources\":[\"pods\"]}";

  private static void labels(Exchange exchange) {
    Tree request = Json.parse(exchange.request().body()).tree("request");
    String patch = "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"b\"}}]";
    Tree response =
        Tree.of(
            "uid",
            request.text("uid"),
            "allowed",
            true,
            "patchType",
            "JSONPatch",
            "patch",
            Base64.getEncoder().encodeToString(patch.getBytes(UTF_8)),
            "auditAnnotations",
            Tree.of("why", "because"));
    Tree review =
        Tree.of(
            "kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "response", response);
    exchange.respond(Response.of(200, "application/json", Json.print(review)));
  }

  @Test
  void tellsWhatAdmissionHasToSay() {
    Tree said = end("admitted").tree("annotations");
    assertThat(said.text("pod-security.kubernetes.io/enforce-policy"))
        .isEqualTo("privileged:latest");
    assertThat(said.text("pod-security.kubernetes.io/audit-violations"))
        .startsWith("would violate PodSecurity \"baseline:latest\": host namespaces");
    assertThat(said.text("real.example.com/why")).isEqualTo("because");
    assertThat(said.text("mutation.webhook.admission.k8s.io/round_0_index_0"))
        .isEqualTo(
            "{\"configuration\":\"hooks\",\"webhook\":\"real.example.com\",\"mutated\":true}");
    assertThat(said.text("patch.webhook.admission.k8s.io/round_0_index_0"))
        .contains("\"patch\":[{\"op\":\"add\"")
        .endsWith("\"patchType\":\"JSONPatch\"}");
    assertThat(said.text("failed-open.mutating.webhook.admission.k8s.io/round_0_index_1"))
        .isEqualTo("away.example.com");
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    return HttpRequest.newBuilder(URI.create(cluster.address() + path))
        .timeout(Duration.ofMinutes(2))
        .headers(headers);
  }

  private static int send(
      @Nullable Identity who, String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        request(path, headers).method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty() && request.build().headers().firstValue("Content-Type").isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return client(who).send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static HttpClient client(@Nullable Identity who) throws Exception {
    return HttpClient.newBuilder().sslContext(TestClients.showing(trust, who)).build();
  }

  private static void watch(Identity admin) throws Exception {
    HttpRequest request = request(MAPS + "?watch=1&timeoutSeconds=1", "Audit-Id", "watch").build();
    HttpResponse<InputStream> answer = client(admin).send(request, BodyHandlers.ofInputStream());
    answer.body().readAllBytes();
  }

  private static List<Tree> of(String id) {
    return events.stream().filter(event -> event.text("auditID").equals(id)).toList();
  }

  private static List<String> stages(String id) {
    return of(id).stream().map(event -> event.text("stage")).toList();
  }

  private static Tree end(String id) {
    return of(id).get(of(id).size() - 1);
  }

  @Test
  void tellsWhatWasReceivedAndHowItEnded() {
    assertThat(stages("create")).containsExactly("RequestReceived", "ResponseComplete");
    Tree received = of("create").get(0);
    assertThat(received.has("responseStatus")).isFalse();
    assertThat(received.has("annotations")).isFalse();
    assertThat(received.tree("objectRef"))
        .isEqualTo(Tree.of("resource", "configmaps", "namespace", "default", "apiVersion", "v1"));
    Tree end = end("create");
    assertThat(end.text("kind")).isEqualTo("Event");
    assertThat(end.text("apiVersion")).isEqualTo("audit.k8s.io/v1");
    assertThat(end.text("level")).isEqualTo("RequestResponse");
    assertThat(end.text("requestURI")).isEqualTo(MAPS + "?dryRun=");
    assertThat(end.text("verb")).isEqualTo("create");
    assertThat(end.text("user", "username")).isEqualTo("kubernetes-admin");
    assertThat(end.items("user", "groups").texts()).contains("system:masters");
    assertThat(end.items("sourceIPs").texts()).containsExactly("127.0.0.1");
    assertThat(end.text("objectRef", "name")).isEqualTo("a");
    assertThat(end.tree("responseStatus")).isEqualTo(Tree.of("metadata", Tree.EMPTY, "code", 201L));
    assertThat(end.text("requestObject", "metadata", "name")).isEqualTo("a");
    assertThat(end.text("responseObject", "metadata", "uid")).isNotEmpty();
    assertThat(end.tree("responseObject", "metadata").has("managedFields")).isFalse();
    assertThat(end.tree("annotations"))
        .isEqualTo(
            Tree.of("authorization.k8s.io/decision", "allow", "authorization.k8s.io/reason", ""));
    assertThat(Instant.parse(end.text("stageTimestamp")))
        .isAfterOrEqualTo(Instant.parse(end.text("requestReceivedTimestamp")));
  }

  @Test
  void tellsThePatchAndWhatCameOfIt() {
    assertThat(end("patch").text("verb")).isEqualTo("patch");
    assertThat(end("patch").tree("requestObject")).isEqualTo(Tree.of("data", Tree.of("x", "1")));
    assertThat(end("patch").text("responseObject", "data", "x")).isEqualTo("1");
  }

  @Test
  void tellsListsTablesAndWhatWasSentAsProtobuf() {
    assertThat(end("list").text("responseObject", "kind")).isEqualTo("ConfigMapList");
    assertThat(end("table").text("responseObject", "kind")).isEqualTo("Table");
    assertThat(end("protobuf").text("responseObject", "kind")).isEqualTo("ConfigMapList");
    assertThat(end("list").text("objectRef", "name")).isEmpty();
  }

  @Test
  void tellsWhereARequestComesFrom() {
    assertThat(end("list").items("sourceIPs").texts())
        .containsExactly("10.1.2.3", "::1", "127.0.0.1");
    assertThat(end("missing").items("sourceIPs").texts()).containsExactly("10.9.9.9", "127.0.0.1");
    assertThat(end("get").text("userAgent")).hasSize(1024 + 12).endsWith("A...TRUNCATED");
  }

  @Test
  void tellsAFailureAsTheStatusThatTheClientSaw() {
    Tree status = end("missing").tree("responseStatus");
    assertThat(status.text("status")).isEqualTo("Failure");
    assertThat(status.text("reason")).isEqualTo("NotFound");
    assertThat(status.text("message")).isEqualTo("configmaps \"none\" not found");
    assertThat(status.text("details", "name")).isEqualTo("none");
    assertThat(status.number(0, "code")).isEqualTo(404);
  }

  @Test
  void tellsADeletionWithItsOptions() {
    assertThat(end("delete").tree("requestObject"))
        .isEqualTo(Tree.of("propagationPolicy", "Background"));
    assertThat(end("delete").text("responseStatus", "status")).isEqualTo("Success");
    assertThat(end("delete").text("responseObject", "kind")).isEqualTo("Status");
  }

  @Test
  void keepsSecretsToItselfWhereThePolicyWantsMetadataAlone() {
    assertThat(end("secret").text("objectRef", "name")).isEqualTo("s");
    assertThat(end("secret").has("requestObject")).isFalse();
    assertThat(end("secret").has("responseObject")).isFalse();
    assertThat(end("secret").toString()).doesNotContain("hidden-value");
  }

  @Test
  void tellsNoAnswerAtTheLevelRequest() {
    assertThat(end("namespace").text("level")).isEqualTo("Request");
    assertThat(end("namespace").has("responseObject")).isFalse();
    assertThat(end("namespace").text("objectRef", "namespace")).isEqualTo("default");
  }

  @Test
  void tellsPathsWithoutAResourceUnlessThePolicyLeavesThemOut() {
    assertThat(end("version").has("objectRef")).isFalse();
    assertThat(end("version").text("verb")).isEqualTo("get");
    assertThat(end("version").number(0, "responseStatus", "code")).isEqualTo(200);
    assertThat(of("healthz")).isEmpty();
  }

  @Test
  void tellsWhoActsAsWhom() {
    Tree end = end("as");
    assertThat(of("as").get(0).has("impersonatedUser")).isFalse();
    assertThat(end.text("user", "username")).isEqualTo("kubernetes-admin");
    assertThat(end.tree("impersonatedUser").text("username")).isEqualTo("jane");
    assertThat(end.items("impersonatedUser", "groups").texts())
        .containsExactly("dev", "system:authenticated");
    assertThat(end.text("annotations", "authorization.k8s.io/decision")).isEqualTo("forbid");
    assertThat(end.number(0, "responseStatus", "code")).isEqualTo(403);
  }

  @Test
  void tellsStrangersAndThoseWhoseCredentialsDoNotHold() {
    assertThat(end("anonymous").text("user", "username")).isEqualTo("system:anonymous");
    assertThat(end("anonymous").number(0, "responseStatus", "code")).isEqualTo(403);
    assertThat(stages("stranger")).containsExactly("ResponseStarted");
    assertThat(end("stranger").get("user")).isEqualTo(Tree.EMPTY);
    assertThat(end("stranger").tree("responseStatus"))
        .isEqualTo(
            Tree.of(
                "metadata",
                Tree.EMPTY,
                "status",
                "Failure",
                "message",
                "Unauthorized",
                "reason",
                "Unauthorized",
                "code",
                401L));
  }

  @Test
  void tellsWhenAWatchBeginsAndEnds() {
    assertThat(stages("watch"))
        .containsExactly("RequestReceived", "ResponseStarted", "ResponseComplete");
    assertThat(end("watch").text("verb")).isEqualTo("watch");
    assertThat(end("watch").has("responseObject")).isFalse();
    assertThat(of("watch").get(1).number(0, "responseStatus", "code")).isEqualTo(200);
  }

  /** Every write to this device fails as on a disk that is full. */
  @Test
  void servesOnWhenTheDiskIsFull() throws Exception {
    try (Cluster full =
        Cluster.start(options("full", POLICY, "/dev/full"), new NoNodes(), Progress.SILENT)) {
      ClusterTrust own = trust("full");
      HttpClient client =
          HttpClient.newBuilder().sslContext(TestClients.showing(own, own.admin())).build();
      String metrics = "";
      for (int i = 0; i < 1000 && !metrics.matches(LOST); i++) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(full.address() + "/metrics")).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        metrics = answer.body();
      }
      assertThat(metrics).matches(LOST);
    }
  }

  private static final String LOST =
      "(?s).*apiserver_audit_error_total\\{plugin=\"log\"\\} [1-9].*";

  @Test
  void doesNotStartWithoutAFileThatItNeeds() throws Exception {
    assertThatThrownBy(
            () ->
                Cluster.start(
                    options("bad", "kind: Policy", "unused.log"), new NoNodes(), Progress.SILENT))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("--audit-policy-file ")
        .hasMessageContaining("apiVersion: Unsupported value");
    assertThatThrownBy(
            () ->
                Cluster.start(
                    options("log", POLICY, "/dev/null/x/audit.log"),
                    new NoNodes(),
                    Progress.SILENT))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("--audit-log-path: ");
    assertThatThrownBy(
            () -> new AuditOptions(Optional.of(directory), Optional.empty(), Optional.empty()))
        .hasMessageContaining("--audit-policy-file needs --audit-log-path");
  }
}
