package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server as clients see it, in both versions of HTTP. */
@Timeout(60)
class HttpServerTest {
  private static final Certificates AUTHORITY = new Certificates("cluster");
  private static final ErrorShape SHAPED =
      (asked, status, message, cause) -> Response.text(status, "shaped: " + message);

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void answersWithWhatTheHandlerSaw(HttpClient.Version version) throws Exception {
    Handler echo =
        exchange -> {
          Request request = exchange.request();
          String seen =
              request.method()
                  + request.segments()
                  + request.query().all("command")
                  + request.headers().first("x-test").orElse("")
                  + new String(request.body(), UTF_8)
                  + request.protocol();
          exchange.respond(Response.text(201, seen).with("X-Seen", "yes"));
        };
    try (HttpServer server = HttpServer.start(secure(), echo)) {
      HttpResponse<String> response =
          client(version, Certificates.anonymous(AUTHORITY))
              .send(
                  to(server, "/api/v1/a%2Fb/?command=ls&command=-l+x%26")
                      .header("X-Test", "value")
                      .POST(BodyPublishers.ofString("body"))
                      .build(),
                  BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.version()).isEqualTo(version);
      assertThat(response.headers().firstValue("x-seen")).contains("yes");
      assertThat(response.body()).isEqualTo("POST[api, v1, a/b][ls, -l x&]valuebody" + version);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void streamsUntilTheHandlerEnds(HttpClient.Version version) throws Exception {
    CompletableFuture<ResponseStream> opened = new CompletableFuture<>();
    Handler watch = exchange -> opened.complete(exchange.stream(200, Headers.EMPTY));
    try (HttpServer server = HttpServer.start(secure(), watch)) {
      HttpResponse<InputStream> response =
          client(version, Certificates.anonymous(AUTHORITY))
              .send(to(server, "/watch").build(), BodyHandlers.ofInputStream());
      ResponseStream stream = opened.get();

      stream.write("one\n".getBytes(UTF_8));
      assertThat(response.body().readNBytes(4)).isEqualTo("one\n".getBytes(UTF_8));
      stream.write("two\n".getBytes(UTF_8));
      stream.end();
      assertThat(response.body().readAllBytes()).isEqualTo("two\n".getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void tellsTheHandlerThatTheClientOfAStreamIsGone(HttpClient.Version version) throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Handler watch = exchange -> exchange.stream(200, Headers.EMPTY).onClose(gone::countDown);
    try (HttpServer server = HttpServer.start(secure(), watch)) {
      HttpResponse<InputStream> response =
          client(version, Certificates.anonymous(AUTHORITY))
              .send(to(server, "/watch").build(), BodyHandlers.ofInputStream());

      response.body().close();

      assertThat(gone.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void holdsAFastWriterBackUntilTheClientReads(HttpClient.Version version) throws Exception {
    CompletableFuture<ResponseStream> opened = new CompletableFuture<>();
    Handler watch = exchange -> opened.complete(exchange.stream(200, Headers.EMPTY));
    try (HttpServer server = HttpServer.start(secure(), watch)) {
      HttpResponse<InputStream> response =
          client(version, Certificates.anonymous(AUTHORITY))
              .send(to(server, "/watch").build(), BodyHandlers.ofInputStream());
      ResponseStream stream = opened.get();
      byte[] shared = new byte[64 << 10];
      long written = 0;
      while (stream.isWritable() && written < (256L << 20)) {
        stream.write(shared);
        written += shared.length;
      }
      assertThat(stream.isWritable()).isFalse();
      CountDownLatch writable = new CountDownLatch(1);
      stream.onWritable(writable::countDown);

      response.body().skipNBytes(written);

      assertThat(writable.await(30, TimeUnit.SECONDS)).isTrue();
      stream.end();
      assertThat(response.body().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void refusesABodyOverTheLimitInTheShapeOfTheApi(HttpClient.Version version) throws Exception {
    HttpServerConfig config = secure().withErrors(SHAPED).withBodyLimit(1000);
    try (HttpServer server = HttpServer.start(config, exchange -> {})) {
      HttpResponse<String> response =
          client(version, Certificates.anonymous(AUTHORITY))
              .send(
                  to(server, "/").POST(BodyPublishers.ofByteArray(new byte[1001])).build(),
                  BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("shaped: the request body is larger than 1000 bytes");
    }
  }

  @Test
  void answersAHandlerThatThrowsWithoutTellingTheClientWhy() throws Exception {
    Handler broken =
        exchange -> {
          throw new IllegalStateException("secret");
        };
    try (HttpServer server = HttpServer.start(plain().withErrors(SHAPED), broken)) {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(to(server, "/").build(), BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("shaped: internal server error");
    }
  }

  @Test
  void answersFromAnotherThreadAfterTheHandlerReturned() throws Exception {
    Handler later =
        exchange -> new Thread(() -> exchange.respond(Response.text(200, "late"))).start();
    try (HttpServer server = HttpServer.start(plain(), later)) {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(to(server, "/").build(), BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo("late");
    }
  }

  @Test
  void exposesAClientCertificateThatAnAuthorityVouchesFor() throws Exception {
    assertThat(whoAmI(AUTHORITY.client(AUTHORITY, "alice"))).isEqualTo("[CN=alice] trusted");
  }

  @Test
  void saysWhyAStrangersCertificateDoesNotCount() throws Exception {
    // The same name as the authority's, so that the client thinks its certificate acceptable.
    Certificates impostor = new Certificates("cluster");
    assertThat(whoAmI(impostor.client(AUTHORITY, "mallory"))).isEqualTo("[] distrusted");
  }

  @Test
  void takesClientsWithoutCertificate() throws Exception {
    assertThat(whoAmI(Certificates.anonymous(AUTHORITY))).isEqualTo("[] trusted");
  }

  private static final Handler NAMES =
      exchange -> {
        Peer peer = exchange.request().peer();
        String subjects =
            peer.certificates().stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList()
                .toString();
        exchange.respond(
            Response.text(
                200, subjects + (peer.distrust().isEmpty() ? " trusted" : " distrusted")));
      };

  private static String whoAmI(SSLContext context) throws Exception {
    try (HttpServer server = HttpServer.start(secure(), NAMES)) {
      return client(HttpClient.Version.HTTP_2, context)
          .send(to(server, "/").build(), BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void looksAtItsClockForEachRequestOfAClientWithACertificate() throws Exception {
    Instant right = Instant.now();
    AtomicLong now = new AtomicLong();
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    TlsConfig tls = AUTHORITY.server();
    TlsConfig timed = new TlsConfig(tls.key(), tls.chain(), tls.clientAuthorities(), clock);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", 0);
    try (HttpServer server = HttpServer.start(HttpServerConfig.https(address, timed), NAMES)) {
      HttpClient alice = client(HttpClient.Version.HTTP_2, AUTHORITY.client(AUTHORITY, "alice"));
      now.set(right.minus(Duration.ofDays(1)).toEpochMilli());
      assertThat(ask(alice, server)).isEqualTo("[] distrusted");
      now.set(right.toEpochMilli());
      assertThat(ask(alice, server)).isEqualTo("[CN=alice] trusted");
      now.set(right.plus(Duration.ofDays(1)).toEpochMilli());
      assertThat(ask(alice, server)).isEqualTo("[] distrusted");
    }
  }

  private static String ask(HttpClient client, HttpServer server) throws Exception {
    return client.send(to(server, "/").build(), BodyHandlers.ofString()).body();
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    Handler echo = exchange -> exchange.respond(Response.text(200, exchange.request().path()));
    try (HttpServer server = HttpServer.start(plain(), echo)) {
      String answers =
          talk(
              server,
              """
              GET /first HTTP/1.1
              Host: a

              GET /second HTTP/1.1
              Host: a
              Connection: close

              """
                  .replace("\n", "\r\n"));

      assertThat(answers).containsSubsequence("200 OK", "/first", "200 OK", "/second");
    }
  }

  @Test
  void refusesWhatIsNoHttp() throws Exception {
    try (HttpServer server = HttpServer.start(plain().withErrors(SHAPED), exchange -> {})) {
      assertThat(talk(server, "nonsense\r\n\r\n")).contains("400 Bad Request", "shaped: malformed");
      assertThat(talk(server, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"))
          .contains("400 Bad Request", "invalid URL escape");
    }
  }

  @Test
  void leavesOutTheBodyOfAnAnswerToHead() throws Exception {
    Handler handler = exchange -> exchange.respond(Response.text(200, "body"));
    try (HttpServer server = HttpServer.start(plain(), handler)) {
      String answer = talk(server, "HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

      assertThat(answer).contains("content-length: 4").endsWith("\r\n\r\n");
    }
  }

  @Test
  void endsOpenStreamsWhenItCloses() throws Exception {
    CompletableFuture<ResponseStream> opened = new CompletableFuture<>();
    Handler watch = exchange -> opened.complete(exchange.stream(200, Headers.EMPTY));
    HttpServer server = HttpServer.start(plain(), watch);
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(to(server, "/watch").build(), BodyHandlers.ofInputStream());
    opened.get().write("last".getBytes(UTF_8));

    server.close();

    assertThat(response.body().readAllBytes()).isEqualTo("last".getBytes(UTF_8));
  }

  private static String talk(HttpServer server, String request) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static HttpServerConfig plain() {
    return HttpServerConfig.plain(0);
  }

  private static HttpServerConfig secure() {
    return HttpServerConfig.https(new InetSocketAddress("127.0.0.1", 0), AUTHORITY.server());
  }

  private static HttpClient client(HttpClient.Version version, SSLContext context) {
    return HttpClient.newBuilder().version(version).sslContext(context).build();
  }

  private static HttpRequest.Builder to(HttpServer server, String target) {
    boolean isSecure = server.isSecure();
    String base = (isSecure ? "https" : "http") + "://127.0.0.1:" + server.port();
    return HttpRequest.newBuilder(URI.create(base + target)).timeout(Duration.ofSeconds(30));
  }
}
