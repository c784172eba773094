package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.chain.HeaderUsers;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.FrontProxy;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in through a proxy that tells of users in headers, and who does not. */
final class FrontTest {
  private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String WHO =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String[] JANE = {
    "X-Remote-User", "jane",
    "X-Remote-Uid", "7",
    "X-Remote-Group", "dev",
    "X-Remote-Group", "ops",
    "X-Remote-Extra-Example.com%2Ffloor", "3"
  };

  @TempDir private static Path directory;
  private static final FrontProxy PROXY = FrontProxy.inMemory(InstantSource.system());
  private static Cluster cluster;
  private static ClusterTrust trust;

  @BeforeAll
  static void start() throws Exception {
    Path authority = Files.writeString(directory.resolve("front.crt"), PROXY.authorityPem());
    HeaderUsers users =
        new HeaderUsers(
            List.of(FrontProxy.NAME),
            List.of("X-Remote-User"),
            List.of("X-Remote-Group"),
            List.of("X-Remote-Extra-"),
            List.of("X-Remote-Uid"));
    ClusterOptions options =
        new ClusterOptions(directory.resolve("data"), 0, "unused")
            .with(LoginOptions.STANDARD.with(new FrontOptions(Optional.of(authority), users)));
    cluster = Cluster.start(options, new NoNodes(), Progress.SILENT);
    trust = ClusterTrust.open(options.pki(), List.of("127.0.0.1"), Instant.now());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static HttpResponse<byte[]> ask(@Nullable Identity identity, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cluster.address() + SELF))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(WHO));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HttpClient.newBuilder()
        .sslContext(TestClients.showing(trust, identity))
        .build()
        .send(request.build(), BodyHandlers.ofByteArray());
  }

  private static Tree user(HttpResponse<byte[]> answer) {
    return Json.parse(answer.body()).tree("status", "userInfo");
  }

  @Test
  void knowsWhomATrustedProxyTells() throws Exception {
    HttpResponse<byte[]> answer = ask(PROXY.client(), JANE);
    assertThat(answer.statusCode()).isEqualTo(201);
    Tree jane = user(answer);
    assertThat(jane.text("username")).isEqualTo("jane");
    assertThat(jane.text("uid")).isEqualTo("7");
    assertThat(jane.items("groups").texts()).containsExactly("dev", "ops", "system:authenticated");
    assertThat(jane.tree("extra").items("example.com/floor").texts()).containsExactly("3");
  }

  @Test
  void knowsNobodyByHeadersAlone() throws Exception {
    HttpResponse<byte[]> anonymous =
        ask(null, "X-Remote-User", "admin", "X-Remote-Group", "system:masters");
    assertThat(anonymous.statusCode()).isEqualTo(403);
    Identity alice = TestClients.user(trust, "alice", "dev");
    HttpResponse<byte[]> answer =
        ask(alice, "X-Remote-User", "admin", "X-Remote-Group", "system:masters");
    assertThat(user(answer).text("username")).isEqualTo("alice");
    assertThat(user(answer).items("groups").texts()).containsExactly("dev", "system:authenticated");
  }

  @Test
  void letsAProxyDoNothingInItsOwnName() throws Exception {
    assertThat(ask(PROXY.client()).statusCode()).isEqualTo(401);
    assertThat(ask(PROXY.client(), "X-Remote-Group", "system:masters").statusCode()).isEqualTo(401);
  }

  @Test
  void believesNoProxyOfAnotherAuthority() throws Exception {
    FrontProxy other = FrontProxy.inMemory(InstantSource.system());
    assertThat(ask(other.client(), JANE).statusCode()).isEqualTo(401);
    Identity ours = TestClients.user(trust, FrontProxy.NAME);
    assertThat(user(ask(ours, JANE)).text("username")).isEqualTo(FrontProxy.NAME);
  }
}
