package io.kuber.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests over HTTP/2 that their client takes back at once: CVE-2023-44487. */
@Timeout(120)
final class RapidResetTest {
  private static final Certificates AUTHORITY = new Certificates("cluster");

  private HttpServer server;

  /** A reset counts while its stream is open: only those who ask for it get an answer. */
  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), AUTHORITY.server()),
            exchange -> {
              if (exchange.request().path().equals("/answered")) {
                exchange.respond(Response.text(200, "ok"));
              }
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void cutsOffWhoResetsMoreThanTheLimit() throws Exception {
    try (Http2Wire client = new Http2Wire(AUTHORITY, server.port())) {
      client.openAndReset(HttpLimits.RESETS_PER_WINDOW + 1);
      client.ping();
      assertThat(client.framesUntil(Http2Wire.PING))
          .as("frames until the end")
          .doesNotContain(Http2Wire.PING);
    }
    stillServes();
  }

  @Test
  void servesWhoChangesItsMindNowAndThen() throws Exception {
    try (Http2Wire client = new Http2Wire(AUTHORITY, server.port())) {
      client.openAndReset(HttpLimits.STREAMS_PER_CONNECTION);
      client.ping();
      assertThat(client.framesUntil(Http2Wire.PING))
          .contains(Http2Wire.PING)
          .doesNotContain(Http2Wire.GO_AWAY);
    }
  }

  private void stillServes() throws Exception {
    HttpClient other =
        HttpClient.newBuilder().sslContext(Certificates.anonymous(AUTHORITY)).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/answered"))
            .build();
    assertThat(other.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
