package io.kuber.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.http.Handler;
import io.kuber.http.Headers;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.ThreadLoops;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.custom.ConversionException;
import io.kuber.resource.custom.WebhookTarget;
import io.kuber.store.Command;
import io.kuber.store.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class HttpsReviewsTest {
  private static final Tree REVIEW = Tree.of("kind", "ConversionReview");

  private final ThreadLoops loops = new ThreadLoops();
  private final LocalStore store = new LocalStore();
  private final HttpsReviews reviews =
      new HttpsReviews(store::image, loops.loop("test"), loops.clock());

  @TempDir private Path pki;

  @AfterEach
  void close() {
    loops.close();
    store.close();
  }

  private static WebhookTarget at(String url, String caBundle) {
    return new WebhookTarget(url, "", "", 443, "", caBundle);
  }

  private static WebhookTarget behind(int port, String caBundle) {
    return new WebhookTarget("", "default", "kubernetes", port, "/convert", caBundle);
  }

  private void makeService(String namespace, String name, int port) {
    Tree spec =
        Tree.of(
            "clusterIP", "127.0.0.1", "ports", Items.of(Tree.of("port", port, "protocol", "TCP")));
    Tree service = Resources.SERVICES.object(namespace, name).with(spec, "spec").tree();
    store.submit(
        new Command.Put(
            Resources.SERVICES.key(namespace, name), Command.ABSENT, Json.print(service)));
  }

  private static Handler echo() {
    return exchange ->
        exchange.respond(
            Response.of(
                200,
                "application/json",
                Json.print(
                    Tree.of(
                        "asked", exchange.request().target(),
                        "host", exchange.request().headers().first("Host").orElse(""),
                        "review", Json.parse(exchange.request().body())))));
  }

  private static Handler answering(int status, String body) {
    return exchange -> exchange.respond(Response.text(status, body));
  }

  @Test
  void asksAnAddress() throws Exception {
    try (Webhook webhook = new Webhook(pki, echo())) {
      Tree answer = reviews.send(at(webhook.url(), webhook.authority()), REVIEW);
      assertThat(answer.tree("review")).isEqualTo(REVIEW);
      assertThat(answer.text("asked")).isEqualTo("/convert?timeout=30s");
    }
  }

  @Test
  void asksAServiceByItsAddressAndTheNameOfItsCertificate() throws Exception {
    try (Webhook webhook = new Webhook(pki, echo())) {
      makeService("default", "kubernetes", webhook.port());
      Tree answer = reviews.send(behind(webhook.port(), webhook.authority()), REVIEW);
      assertThat(answer.text("host")).isEqualTo("kubernetes.default.svc:" + webhook.port());
    }
  }

  @Test
  void readsAnswersInChunks() throws Exception {
    Handler chunks =
        exchange -> {
          var stream = exchange.stream(200, Headers.of("Content-Type", "application/json"));
          stream.write("{\"a\":".getBytes(UTF_8));
          stream.write("1}".getBytes(UTF_8));
          stream.end();
        };
    try (Webhook webhook = new Webhook(pki, chunks)) {
      assertThat(reviews.send(at(webhook.url(), webhook.authority()), REVIEW))
          .isEqualTo(Tree.of("a", 1L));
    }
  }

  @Test
  void trustsNobodyButTheNamedAuthority(@TempDir Path other) throws Exception {
    try (Webhook webhook = new Webhook(pki, echo());
        Webhook stranger = new Webhook(other, echo())) {
      assertThatThrownBy(() -> reviews.send(at(webhook.url(), stranger.authority()), REVIEW))
          .isInstanceOf(ConversionException.class)
          .hasMessage(
              "Post \"%s?timeout=30s\": x509: certificate signed by unknown authority",
              webhook.url());
    }
  }

  @Test
  void believesCertificatesWhileTheyAreValidByItsClock() throws Exception {
    AtomicLong away = new AtomicLong();
    InstantSource clock = () -> Instant.now().plus(Duration.ofDays(away.get()));
    HttpsReviews timed = new HttpsReviews(store::image, loops.loop("timed"), clock);
    try (Webhook webhook = new Webhook(pki, echo())) {
      WebhookTarget target = at(webhook.url(), webhook.authority());
      for (int days : new int[] {-365, 730}) {
        away.set(days);
        assertThatThrownBy(() -> timed.send(target, REVIEW))
            .isInstanceOf(ConversionException.class)
            .hasMessageContaining("x509: certificate has expired or is not yet valid: current time")
            .hasMessageContaining(days < 0 ? "is before" : "is after");
        away.set(0);
        assertThat(timed.send(target, REVIEW).tree("review")).isEqualTo(REVIEW);
      }
    }
  }

  @Test
  void trustsNoCertificateOfAnotherName() throws Exception {
    try (Webhook webhook = new Webhook(pki, echo())) {
      makeService("hooks", "converter", webhook.port());
      WebhookTarget converter =
          new WebhookTarget("", "hooks", "converter", webhook.port(), "", webhook.authority());
      assertThatThrownBy(() -> reviews.send(converter, REVIEW))
          .isInstanceOf(ConversionException.class)
          .hasMessageContaining("x509: ")
          .hasMessageContaining("converter.hooks.svc");
    }
  }

  @Test
  void saysThatAServiceIsNotThere() {
    assertThatThrownBy(() -> reviews.send(behind(443, ""), REVIEW))
        .hasMessage("service \"kubernetes\" not found");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    Webhook webhook = new Webhook(pki, echo());
    webhook.close();
    assertThatThrownBy(() -> reviews.send(at(webhook.url(), webhook.authority()), REVIEW))
        .hasMessageEndingWith("connect: connection refused");
  }

  @Test
  void waitsNoLongerThanItsLimit() throws Exception {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    HttpsReviews impatient =
        new HttpsReviews(
            store::image, loops.loop("impatient"), loops.clock(), Duration.ofSeconds(1));
    try (Webhook webhook = new Webhook(pki, exchange -> asked.complete(null))) {
      assertThatThrownBy(() -> impatient.send(at(webhook.url(), webhook.authority()), REVIEW))
          .hasMessage("Post \"%s?timeout=1s\": context deadline exceeded", webhook.url());
      asked.get();
    }
  }

  @Test
  void repeatsWhatAFailureSays() throws Exception {
    try (Webhook webhook = new Webhook(pki, answering(500, "broken"))) {
      assertThatThrownBy(() -> reviews.send(at(webhook.url(), webhook.authority()), REVIEW))
          .hasMessage(
              "an error on the server (\"broken\") has prevented the request from succeeding");
    }
  }

  @Test
  void refusesWhatIsNoObject() throws Exception {
    try (Webhook webhook = new Webhook(pki, answering(200, "no JSON"))) {
      assertThatThrownBy(() -> reviews.send(at(webhook.url(), webhook.authority()), REVIEW))
          .isInstanceOf(ConversionException.class)
          .hasMessageContaining("invalid JSON");
    }
  }
}
