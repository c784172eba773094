package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Exchange;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with one place, whose answers the test gives. */
final class ThrottleTest {
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Exchange> waiting = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    Throttle throttle = new Throttle(1, 1);
    server =
        HttpServer.start(
            HttpServerConfig.plain(0).withErrors(new StatusErrors(UUID::randomUUID)),
            exchange ->
                throttle.handle(
                    ServerRequest.of(exchange), admitted -> waiting.add(admitted.exchange())));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private CompletableFuture<HttpResponse<String>> get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(address(path)).timeout(Duration.ofSeconds(PATIENCE_SECONDS)).build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private Exchange admitted() throws InterruptedException {
    return Objects.requireNonNull(waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void refusesWhatIsTooMuchAndAdmitsAgainOnceThereIsRoom() throws Exception {
    CompletableFuture<HttpResponse<String>> first = get("/api/v1/pods");
    Exchange held = admitted();
    HttpResponse<String> refused = get("/api/v1/pods").join();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    held.onClose(() -> over.complete(true));
    held.respond(Response.text(200, "ok"));
    assertThat(first.join().statusCode()).isEqualTo(200);
    assertThat(over.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<HttpResponse<String>> next = get("/api/v1/pods");
    admitted().respond(Response.text(200, "ok"));
    assertThat(next.join().statusCode()).isEqualTo(200);
  }

  @Test
  void countsWritesApart() throws Exception {
    CompletableFuture<HttpResponse<String>> read = get("/api/v1/pods");
    Exchange held = admitted();
    CompletableFuture<HttpResponse<String>> write =
        client.sendAsync(
            HttpRequest.newBuilder(address("/api/v1/namespaces/a/pods"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.ofString());
    admitted().respond(Response.text(201, "made"));
    assertThat(write.join().statusCode()).isEqualTo(201);
    held.respond(Response.text(200, "ok"));
    read.join();
  }

  @Test
  void doesNotCountWatches() throws Exception {
    CompletableFuture<HttpResponse<String>> watch = get("/api/v1/pods?watch=true");
    Exchange held = admitted();
    CompletableFuture<HttpResponse<String>> list = get("/api/v1/pods");
    admitted().respond(Response.text(200, "ok"));
    assertThat(list.join().statusCode()).isEqualTo(200);
    held.respond(Response.text(200, "ok"));
    watch.join();
  }
}
