package io.kuber.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Tree;
import io.kuber.server.metric.AuditMetrics;
import io.kuber.server.metric.ServerMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in virtual time, to a receiver that takes them or not. */
class WebhookBackendTest {
  private static final WebhookConfig.Throttle NO_LIMIT = new WebhookConfig.Throttle(false, 1, 1);

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
  private final AuditMetrics metrics = new AuditMetrics();

  /** How many events each batch had, and when it came. */
  private final List<String> taken = new ArrayList<>();

  private final List<Instant> tried = new ArrayList<>();

  /** What the next tries fail with. */
  private final Deque<IOException> failures = new ArrayDeque<>();

  private WebhookBackend backend(int buffer, int batch, WebhookConfig.Throttle throttle) {
    WebhookConfig config =
        new WebhookConfig(
            Path.of("unused"),
            buffer,
            batch,
            Duration.ofSeconds(30),
            throttle,
            Duration.ofSeconds(10));
    return new WebhookBackend(config, this::receive, loops, metrics);
  }

  private void receive(byte[] events, Duration limit) throws IOException {
    tried.add(loops.clock().instant());
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    Tree list = Json.parse(events);
    assertThat(list.text("kind")).isEqualTo("EventList");
    assertThat(list.text("apiVersion")).isEqualTo("audit.k8s.io/v1");
    taken.add(list.items("items").size() + "@" + loops.clock().instant().getEpochSecond());
  }

  private static void write(WebhookBackend backend, int events) {
    for (int i = 0; i < events; i++) {
      backend.write("{}".getBytes(UTF_8));
    }
  }

  private String text() {
    return new ServerMetrics("v1", metrics).text();
  }

  @Test
  void sendsAFullBatchAtOnceAndTheRestWhenItHasWaited() {
    WebhookBackend backend = backend(100, 4, NO_LIMIT);
    write(backend, 9);
    loops.settle();
    assertThat(taken).containsExactly("4@0", "4@0");
    loops.advance(Duration.ofSeconds(29));
    assertThat(taken).hasSize(2);
    loops.advance(Duration.ofSeconds(1));
    assertThat(taken).containsExactly("4@0", "4@0", "1@30");
  }

  @Test
  void waitsForEachFirstEventAnew() {
    WebhookBackend backend = backend(100, 4, NO_LIMIT);
    write(backend, 1);
    loops.advance(Duration.ofSeconds(100));
    write(backend, 1);
    loops.advance(Duration.ofSeconds(100));
    assertThat(taken).containsExactly("1@30", "1@130");
  }

  @Test
  void sendsNoMoreBatchesThanItMay() {
    WebhookBackend backend = backend(100, 1, new WebhookConfig.Throttle(true, 0.5, 2));
    write(backend, 5);
    loops.advance(Duration.ofSeconds(60));
    assertThat(taken).containsExactly("1@0", "1@0", "1@2", "1@4", "1@6");
  }

  @Test
  void triesAgainAfterEverLongerTimes() {
    failures.add(new IOException("away"));
    failures.add(new IOException("away"));
    WebhookBackend backend = backend(100, 1, NO_LIMIT);
    write(backend, 1);
    loops.advance(Duration.ofMinutes(2));
    assertThat(tried).hasSize(3);
    assertThat(Duration.between(tried.get(0), tried.get(1)))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
    assertThat(Duration.between(tried.get(1), tried.get(2)))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(18));
    assertThat(taken).hasSize(1);
    assertThat(text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 0");
  }

  @Test
  void countsABatchThatWasTriedInVainAndGoesOn() {
    for (int i = 0; i < WebhookBackend.TRIES; i++) {
      failures.add(new IOException("away"));
    }
    WebhookBackend backend = backend(100, 3, NO_LIMIT);
    write(backend, 6);
    loops.advance(Duration.ofMinutes(10));
    assertThat(tried).hasSize(WebhookBackend.TRIES + 1);
    assertThat(taken).hasSize(1).first().asString().startsWith("3@");
    assertThat(text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 3");
  }

  @Test
  void doesNotRepeatWhatIsRefused() {
    failures.add(new Receiver.RefusedException("403"));
    WebhookBackend backend = backend(100, 2, NO_LIMIT);
    write(backend, 2);
    loops.advance(Duration.ofMinutes(10));
    assertThat(tried).hasSize(1);
    assertThat(text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 2");
  }

  @Test
  void losesAndCountsWhatFindsNoRoom() {
    failures.add(new IOException("away"));
    WebhookBackend backend = backend(5, 2, NO_LIMIT);
    write(backend, 2);
    loops.settle();
    write(backend, 8);
    assertThat(text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 3");
    loops.advance(Duration.ofMinutes(2));
    assertThat(taken).hasSize(4);
  }

  @Test
  void sendsWhatWaitsWhenItIsClosed() {
    failures.add(new IOException("away"));
    WebhookBackend backend = backend(10, 2, NO_LIMIT);
    write(backend, 2);
    loops.settle();
    write(backend, 3);
    backend.close();
    assertThat(taken).containsExactly("2@0", "2@0", "1@0");
    loops.advance(Duration.ofMinutes(2));
    assertThat(tried).hasSize(4);
  }

  @Test
  void countsWhatIsNotTakenWhenItIsClosed() {
    WebhookBackend backend = backend(10, 2, NO_LIMIT);
    write(backend, 1);
    failures.add(new IOException("away"));
    backend.close();
    assertThat(text()).contains("apiserver_audit_error_total{plugin=\"webhook\"} 1");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, --audit-webhook-batch-buffer-size: 0 is not above 0",
    "1, 0, 1, 1, --audit-webhook-batch-max-size: 0 is not above 0",
    "1, 2, 1, 1, --audit-webhook-batch-max-size: 2 is above the 1",
    "1, 1, 0, 1, --audit-webhook-batch-max-wait: PT0S is not above 0",
    "1, 1, 1, 0, --audit-webhook-initial-backoff: PT0S is not above 0",
  })
  void refusesNumbersThatMakeNoSense(int buffer, int batch, int wait, int backoff, String why) {
    assertThatThrownBy(
            () ->
                new WebhookConfig(
                    Path.of("unused"),
                    buffer,
                    batch,
                    Duration.ofSeconds(wait),
                    NO_LIMIT,
                    Duration.ofSeconds(backoff)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(why);
  }
}
