package io.kuber.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers of HTTP/2 with which a request might look like one to those who authorise it and like
 * another to those who serve it. No such request is served at all.
 */
@Timeout(120)
final class HostileHeadersTest {
  private static final Certificates AUTHORITY = new Certificates("cluster");
  private static final int FIRST = 1;
  private static final int SECOND = 3;

  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        HttpServer.start(
            HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), AUTHORITY.server()),
            exchange -> {
              served.add(exchange.request().target());
              exchange.respond(Response.text(200, "ok"));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":method GET :scheme https :path /a :path /b",
        ":method GET :method DELETE :scheme https :path /a",
        ":method GET :scheme https :path /a x y :path /b",
        ":method GET :scheme https x y :path /a",
        ":method GET :scheme https",
        ":scheme https :path /a",
        ":method GET :scheme https :path /a :status 200",
        ":method GET :scheme https :path /a :secret b",
        ":method GET :scheme https :path /a X-Upper y",
        ":method GET :scheme https :path /a connection upgrade",
        ":method GET :scheme https :path /a transfer-encoding chunked",
        ":method GET :scheme https :path /a content-length 7",
        ":method GET :scheme https :path a/b",
        ":method GET :scheme https :path *",
        ":method GET :scheme https :path /%zz",
      })
  void servesNoRequestThatCouldBeTwo(String headers) throws Exception {
    try (Http2Wire client = new Http2Wire(AUTHORITY, server.port())) {
      client.request(FIRST, headers.split(" ", -1));
      client.ping();
      assertThat(client.framesUntil(Http2Wire.PING)).isNotEmpty();
    }
    try (Http2Wire other = new Http2Wire(AUTHORITY, server.port())) {
      other.request(
          SECOND,
          List.of(":method", "GET", ":scheme", "https", ":path", "/good").toArray(String[]::new));
      other.framesUntil(0);
    }
    assertThat(served).containsExactly("/good");
  }
}
