package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiException;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WIRE 1.1: requests end after 60 s, long-running ones excepted. */
final class DeadlineTest {
  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final Deadline deadline = new Deadline(loops.loop("deadlines"));

  private RecordedExchange begin(String path) throws Exception {
    RecordedExchange exchange =
        new RecordedExchange(Request.of("GET", path), new StatusErrors(UUID::randomUUID));
    deadline.handle(ServerRequest.of(exchange), later -> {});
    return exchange;
  }

  @Test
  void answersWithATimeoutWhatTakesTooLong() throws Exception {
    RecordedExchange exchange = begin("/api/v1/pods");
    loops.advance(Deadline.LONGEST.minusMillis(1));
    assertThat(exchange.isAnswered()).isFalse();
    loops.advance(Duration.ofMillis(1));
    Response answer = exchange.await();
    assertThat(answer.status()).isEqualTo(504);
    assertThat(Json.parse(answer.body()).text("reason")).isEqualTo("Timeout");
  }

  @Test
  void dropsAnAnswerThatComesTooLate() throws Exception {
    RecordedExchange exchange = begin("/api/v1/pods");
    loops.advance(Deadline.LONGEST);
    exchange.respond(Response.text(200, "late"));
    assertThat(exchange.await().status()).isEqualTo(504);
  }

  @Test
  void leavesAnAnswerAloneThatCameInTime() throws Exception {
    RecordedExchange exchange = begin("/api/v1/pods");
    exchange.respond(Response.text(200, "ok"));
    loops.advance(Deadline.LONGEST);
    assertThat(exchange.await().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/pods?watch=true",
        "/api/v1/watch/pods",
        "/api/v1/namespaces/a/pods/b/log",
        "/api/v1/namespaces/a/pods/b/exec",
        "/api/v1/namespaces/a/pods/b/attach",
        "/api/v1/namespaces/a/pods/b/proxy",
        "/api/v1/namespaces/a/services/b/proxy/index.html",
        "/api/v1/namespaces/a/pods/b/portforward"
      })
  void letsWatchesAndStreamsLast(String path) throws Exception {
    RecordedExchange exchange = begin(path);
    loops.advance(Duration.ofDays(1));
    assertThat(exchange.isAnswered()).isFalse();
  }

  @Test
  void endsSoonerWhereTheClientAsksForIt() throws Exception {
    RecordedExchange exchange = begin("/api/v1/pods?timeout=1s500ms");
    loops.advance(Duration.ofMillis(1500));
    assertThat(exchange.await().status()).isEqualTo(504);
  }

  @Test
  void lastsNoLongerWhateverTheClientAsksFor() throws Exception {
    RecordedExchange exchange = begin("/api/v1/pods?timeout=1h");
    loops.advance(Deadline.LONGEST);
    assertThat(exchange.await().status()).isEqualTo(504);
  }

  @Test
  void refusesATimeoutThatIsNoDuration() {
    assertThatThrownBy(() -> begin("/api/v1/pods?timeout=soon"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("invalid timeout specified in the request URL");
  }
}
