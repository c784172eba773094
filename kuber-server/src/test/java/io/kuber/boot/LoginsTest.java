package io.kuber.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.TokenIssuer;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Tree;
import io.kuber.server.join.BootstrapToken;
import io.kuber.server.join.TokenSecret;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.TestClients;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into a cluster whose owner lets nobody in without credentials. */
final class LoginsTest {
  private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String WHO =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";

  @TempDir private static Path directory;
  private static Cluster cluster;
  private static ClusterTrust trust;

  @BeforeAll
  static void start() throws Exception {
    Path users = Files.writeString(directory.resolve("users.csv"), "t0k3n,alice,7,\"dev\"\n");
    ClusterOptions options =
        new ClusterOptions(directory.resolve("data"), 0, "unused")
            .with(LoginOptions.STANDARD.withAnonymous(false).withTokens(users));
    cluster = Cluster.start(options, new NoNodes(), Progress.SILENT);
    trust = ClusterTrust.open(options.pki(), List.of("127.0.0.1"), Instant.now());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static HttpResponse<byte[]> ask(
      @Nullable Identity identity, String token, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cluster.address() + path)).timeout(Duration.ofMinutes(2));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
    return HttpClient.newBuilder()
        .sslContext(TestClients.showing(trust, identity))
        .build()
        .send(request.build(), BodyHandlers.ofByteArray());
  }

  private static Tree whoIs(@Nullable Identity identity, String token) throws Exception {
    HttpResponse<byte[]> answer = ask(identity, token, SELF, WHO);
    assertThat(answer.statusCode()).isEqualTo(201);
    return Json.parse(answer.body()).tree("status", "userInfo");
  }

  @Test
  void refusesWhoShowsNothingWhereverHeComes() throws Exception {
    for (String path : List.of("/healthz", "/version", "/api", "/api/v1/pods", "/nowhere")) {
      HttpResponse<byte[]> answer = ask(null, "", path, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
      assertThat(Json.parse(answer.body()).text("reason")).isEqualTo("Unauthorized");
    }
  }

  @Test
  void knowsTheUsersOfTheFile() throws Exception {
    Tree alice = whoIs(null, "t0k3n");
    assertThat(alice.text("username")).isEqualTo("alice");
    assertThat(alice.text("uid")).isEqualTo("7");
    assertThat(alice.items("groups").texts()).containsExactly("dev", "system:authenticated");
    assertThat(ask(null, "t0k3n", "/api/v1/pods", "").statusCode()).isEqualTo(403);
    assertThat(ask(null, "t0k3m", "/version", "").statusCode()).isEqualTo(401);
  }

  @Test
  void knowsBootstrapTokensUntilTheyExpire() throws Exception {
    Identity admin = TestClients.user(trust, "root", "system:masters");
    try (ThreadLoops loops = new ThreadLoops()) {
      BootstrapToken good = keep(admin, loops, Duration.ofHours(1), "system:bootstrappers:a");
      Tree user = whoIs(null, good.text());
      assertThat(user.text("username")).isEqualTo("system:bootstrap:" + good.id());
      assertThat(user.items("groups").texts())
          .containsExactly(
              "system:bootstrappers", "system:bootstrappers:a", "system:authenticated");
      String other = good.text().substring(0, 22) + (good.text().endsWith("x") ? "y" : "x");
      assertThat(ask(null, other, SELF, WHO).statusCode()).isEqualTo(401);
      BootstrapToken over = keep(admin, loops, Duration.ofHours(-1), "system:bootstrappers:a");
      assertThat(ask(null, over.text(), SELF, WHO).statusCode()).isEqualTo(401);
      BootstrapToken greedy = keep(admin, loops, Duration.ofHours(1), "system:masters");
      assertThat(ask(null, greedy.text(), SELF, WHO).statusCode()).isEqualTo(401);
    }
  }

  private static BootstrapToken keep(
      Identity admin, ThreadLoops loops, Duration lifetime, String group) throws Exception {
    BootstrapToken token = BootstrapToken.create(loops.entropy());
    TokenSecret kept =
        new TokenSecret(token, Optional.of(loops.clock().instant().plus(lifetime)), "", group);
    String body = new String(Json.print(kept.secret().tree()), UTF_8);
    HttpResponse<byte[]> answer = ask(admin, "", "/api/v1/namespaces/kube-system/secrets", body);
    assertThat(answer.statusCode()).isEqualTo(201);
    return token;
  }

  @Test
  void tellsWhichFileItCannotUse(@TempDir Path other) {
    LoginOptions missing = LoginOptions.STANDARD.withTokens(other.resolve("missing.csv"));
    assertThatThrownBy(() -> missing.opened(Instant::now, TokenIssuer.NAME))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("missing.csv");
  }
}
