package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Access;
import io.kuber.api.ApiException;
import io.kuber.api.ApiException.Details;
import io.kuber.api.StatusReason;
import io.kuber.http.Headers;
import io.kuber.http.Peer;
import io.kuber.http.Protocol;
import io.kuber.http.RecordedExchange;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.loop.SimulatedLoops;
import io.kuber.server.metric.ServerMetrics;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** WIRE 1.1: headers that answers carry, whoever gives them; asked where everybody may. */
final class AnswerHeadersTest {
  private final ServerMetrics metrics = new ServerMetrics("v1.36.0");

  private Response answer(Headers headers, RequestHandler handler) throws Exception {
    Request request =
        new Request(
            "GET",
            "/version",
            headers,
            new byte[0],
            Protocol.HTTP_1_1,
            Peer.plain(InetSocketAddress.createUnresolved("localhost", 0)));
    RecordedExchange exchange = new RecordedExchange(request, new StatusErrors(UUID::randomUUID));
    SimulatedLoops loops = new SimulatedLoops(1, Instant.EPOCH);
    RequestChain.of(loops, metrics, path -> false, Access.ofAdministrators(), handler)
        .handle(exchange);
    return exchange.await();
  }

  private static RequestHandler body(int size) {
    return request -> request.respond(Response.of(200, "application/json", new byte[size]));
  }

  @Test
  void nameTheRequestAndForbidKeeping() throws Exception {
    Headers headers = answer(Headers.EMPTY, body(1)).headers();
    assertThat(headers.first("Audit-Id")).isPresent();
    assertThat(headers.all("Cache-Control")).containsExactly("no-cache, private");
  }

  @Test
  void nameTheRequestWhenTheServerIsAtFault() throws Exception {
    Response answer =
        answer(
            Headers.of("Audit-Id", "mine"),
            request -> {
              throw new IllegalStateException("a bug, which this test makes");
            });
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.headers().first("Audit-Id")).contains("mine");
    assertThat(answer.headers().first("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void nameTheRequestOfAStream() throws Exception {
    Response answer =
        answer(Headers.of("Audit-Id", "mine"), request -> request.stream("text/plain").end());
    assertThat(answer.headers().all("Audit-Id")).containsExactly("mine");
  }

  @Test
  void leaveAnAnswerItsOwnWordOnKeeping() throws Exception {
    Response answer =
        answer(
            Headers.EMPTY,
            request -> request.respond(Response.empty(200).with("Cache-Control", "public")));
    assertThat(answer.headers().all("Cache-Control")).containsExactly("public");
  }

  @Test
  void sayWhenToTryAgain() throws Exception {
    for (StatusReason reason :
        new StatusReason[] {
          StatusReason.TIMEOUT, StatusReason.SERVICE_UNAVAILABLE, StatusReason.TOO_MANY_REQUESTS
        }) {
      Details soon = new Details("", "", "", "", List.of(), 7);
      Response answer =
          answer(
              Headers.EMPTY,
              request -> {
                throw new ApiException(reason, "not now", soon);
              });
      assertThat(answer.status()).isEqualTo(reason.code());
      assertThat(answer.headers().all("Retry-After")).containsExactly("7");
    }
  }

  @Test
  void tellThatALargeAnswerIsCompressedForThoseWhoTakeIt() throws Exception {
    int size = Compression.THRESHOLD_BYTES + 1;
    Response answer = answer(Headers.of("Accept-Encoding", "deflate, gzip"), body(size));
    assertThat(answer.headers().first("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().all("Vary")).contains("Accept-Encoding");
    GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()));
    assertThat(plain.readAllBytes()).hasSize(size);
  }

  @Test
  void sayNothingOfCompressionWhereThereIsNone() throws Exception {
    Headers gzip = Headers.of("Accept-Encoding", "gzip");
    for (Response answer :
        new Response[] {
          answer(gzip, body(Compression.THRESHOLD_BYTES)),
          answer(Headers.EMPTY, body(Compression.THRESHOLD_BYTES + 1))
        }) {
      assertThat(answer.headers().has("Content-Encoding")).isFalse();
    }
  }

  @Test
  void goWithACountOfWhatWasAnswered() throws Exception {
    answer(Headers.EMPTY, body(1));
    assertThat(metrics.text())
        .contains(
            "# TYPE apiserver_request_total counter",
            "apiserver_request_total{verb=\"GET\",group=\"\",version=\"\",resource=\"\","
                + "subresource=\"\",scope=\"\",component=\"apiserver\",code=\"200\"} 1\n",
            "apiserver_current_inflight_requests{request_kind=\"readOnly\"} 0\n");
  }
}
