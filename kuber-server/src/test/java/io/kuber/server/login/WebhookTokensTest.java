package io.kuber.server.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.TokenIssuer;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.trust.ServerTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a webhook on this machine, over TLS, by a clock that tests set. */
final class WebhookTokensTest {
  private static final List<String> API = TokenIssuer.API_AUDIENCES;
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private volatile Consumer<Exchange> answer = exchange -> say(exchange, good());
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    ServerTrust trust = ServerTrust.create("webhook", List.of("127.0.0.1"), Instant.now());
    Files.writeString(directory.resolve("ca.crt"), trust.authority().certificatePem());
    TlsConfig tls =
        new TlsConfig(trust.server().key(), List.of(trust.server().certificate()), List.of());
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls),
            exchange -> {
              asked.incrementAndGet();
              answer.accept(exchange);
            });
    file = write("https://127.0.0.1:" + server.port() + "/authn", "certificate-authority: ca.crt");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path write(String url, String trust) throws IOException {
    return Files.writeString(
        directory.resolve("webhook.yaml"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: authn, cluster: {server: "%s", %s}}]
        users: [{name: kuber, user: {token: knock}}]
        contexts: [{name: main, context: {cluster: authn, user: kuber}}]
        current-context: main
        """
            .formatted(url, trust));
  }

  private WebhookTokens tokens(Duration timeout) throws IOException {
    WebhookTokenConfig config = new WebhookTokenConfig(file, "v1", Duration.ofMinutes(2));
    return WebhookTokens.of(config, () -> now, timeout, API);
  }

  private static Tree good() {
    Tree user =
        Tree.of(
            "username",
            "jane",
            "uid",
            "7",
            "groups",
            Items.of("dev"),
            "extra",
            Tree.of("floor", Items.of("3", "4")));
    return Tree.of("authenticated", true, "user", user);
  }

  private static void say(Exchange exchange, Tree status) {
    Tree review =
        Tree.of("kind", "TokenReview", "apiVersion", "authentication.k8s.io/v1", "status", status);
    exchange.respond(Response.of(200, "application/json", Json.print(review)));
  }

  @Test
  void knowsWhomTheWebhookKnows() throws Exception {
    answer =
        exchange -> {
          Tree review = Json.parse(exchange.request().body());
          boolean isAsked =
              review.text("spec", "token").equals("t0k3n")
                  && review.tree("spec").items("audiences").texts().equals(API)
                  && exchange
                      .request()
                      .headers()
                      .first("Authorization")
                      .orElse("")
                      .equals("Bearer knock");
          say(exchange, isAsked ? good() : Tree.of("authenticated", false));
        };
    Known jane = (Known) tokens(LONG).authenticate("t0k3n", API);
    assertThat(jane.user().name()).isEqualTo("jane");
    assertThat(jane.user().uid()).isEqualTo("7");
    assertThat(jane.user().groups()).containsExactly("dev", "system:authenticated");
    assertThat(jane.user().extra()).containsEntry("floor", List.of("3", "4"));
    assertThat(jane.audiences()).isEqualTo(API);
    assertThat(tokens(LONG).authenticate("other", API)).isInstanceOf(Refused.class);
  }

  @Test
  void keepsAnswersForAsLongAsTheyHold() throws Exception {
    WebhookTokens tokens = tokens(LONG);
    tokens.authenticate("a", API);
    tokens.authenticate("a", API);
    assertThat(asked).hasValue(1);
    tokens.authenticate("b", API);
    assertThat(asked).hasValue(2);
    now = now.plus(Duration.ofMinutes(2));
    answer = exchange -> say(exchange, Tree.of("authenticated", false));
    assertThat(tokens.authenticate("a", API)).isInstanceOf(Refused.class);
    tokens.authenticate("a", API);
    assertThat(asked).hasValue(3);
    now = now.plus(Duration.ofSeconds(10));
    answer = exchange -> say(exchange, good());
    assertThat(tokens.authenticate("a", API)).isInstanceOf(Known.class);
  }

  @Test
  void takesNoTokenThatIsForSomebodyElse() throws Exception {
    answer = exchange -> say(exchange, good().with("audiences", Items.of("shop")));
    assertThat(tokens(LONG).authenticate("a", API)).isInstanceOf(Refused.class);
    Authentication shop = tokens(LONG).authenticate("a", List.of("shop", "api"));
    assertThat(((Known) shop).audiences()).containsExactly("shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "{}",
        "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1beta1\",\"status\":{\"authenticated\":true,\"user\":{\"username\":\"x\"}}}",
        "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\",\"status\":{\"authenticated\":true}}",
        "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/v1\",\"status\":{\"authenticated\":\"true\",\"user\":{\"username\":\"x\"}}}"
      })
  void believesNoGarbage(String body) throws Exception {
    answer =
        exchange -> exchange.respond(Response.of(200, "application/json", body.getBytes(UTF_8)));
    WebhookTokens tokens = tokens(LONG);
    assertThat(tokens.authenticate("a", API)).isInstanceOf(Refused.class);
    answer = exchange -> say(exchange, good());
    now = now.plus(Duration.ofSeconds(10));
    assertThat(tokens.authenticate("a", API)).isInstanceOf(Known.class);
  }

  @Test
  void followsNoRedirectAndReadsNoEndlessAnswer() throws Exception {
    answer =
        exchange ->
            exchange.respond(
                new Response(
                    307,
                    Headers.of("Location", "https://127.0.0.1:" + server.port() + "/other"),
                    new byte[0]));
    assertThat(tokens(LONG).authenticate("a", API)).isInstanceOf(Refused.class);
    assertThat(asked).hasValue(1);
    answer =
        exchange -> exchange.respond(Response.of(200, "application/json", new byte[(1 << 20) + 1]));
    assertThat(((Refused) tokens(LONG).authenticate("a", API)).why()).contains("is larger than");
  }

  @Test
  void waitsForNoneThatHangsAndLetsFewWait() throws Exception {
    CountDownLatch there = new CountDownLatch(16);
    answer = exchange -> there.countDown();
    assertThat(((Refused) tokens(Duration.ofMillis(200)).authenticate("a", API)).why())
        .contains("does not answer within 200 ms");
    WebhookTokens tokens = tokens(LONG);
    List<CompletableFuture<Authentication>> waiting = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (int i = 0; i < 16; i++) {
        String token = "t" + i;
        waiting.add(CompletableFuture.supplyAsync(() -> tokens.authenticate(token, API), threads));
      }
      there.await();
      Authentication one = tokens.authenticate("one more", API);
      assertThat(((Refused) one).why()).contains("too many requests");
      server.close();
      waiting.forEach(each -> assertThat(each.join()).isInstanceOf(Refused.class));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    write("http://127.0.0.1/", "certificate-authority: ca.crt");
    assertThatThrownBy(() -> tokens(LONG)).hasMessageContaining("https://HOST");
    write("https://127.0.0.1/", "insecure-skip-tls-verify: true");
    assertThatThrownBy(() -> tokens(LONG)).hasMessageContaining("insecure-skip-tls-verify");
    write("https://127.0.0.1/", "certificate-authority: missing.crt");
    assertThatThrownBy(() -> tokens(LONG)).hasMessageContaining("missing.crt");
    assertThatThrownBy(() -> new WebhookTokenConfig(file, "v2", LONG))
        .hasMessageContaining("--authentication-token-webhook-version: v2");
  }
}
