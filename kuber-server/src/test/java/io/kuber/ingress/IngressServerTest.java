package io.kuber.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.Certificates;
import io.kuber.http.Exchange;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get through an ingress, and what pods see of them. */
@Timeout(120)
final class IngressServerTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int LARGE = 20 << 20;

  private final Certificates authority = new Certificates("fallback");
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private IngressServer ingress;
  private int alpaca;

  @BeforeEach
  void start() throws Exception {
    ingress = ingress(Duration.ofSeconds(60));
    alpaca = backend("alpaca");
  }

  private IngressServer ingress(Duration headTimeout) throws IOException {
    InetSocketAddress free = new InetSocketAddress("127.0.0.1", 0);
    return add(
        IngressServer.start(
            new IngressConfig(
                free, free, authority.server(), headTimeout, () -> "id-1", lines::add)));
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.add(part);
    return part;
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : parts) {
      part.close();
    }
  }

  /** A server that says its name and what it was asked for; gives its port. */
  private int backend(String name) throws IOException {
    return add(HttpServer.start(
            HttpServerConfig.plain(0).withBodyLimit(2 * LARGE), exchange -> answer(name, exchange)))
        .port();
  }

  private void answer(String name, Exchange exchange) {
    Request request = exchange.request();
    seen.add(request);
    if (request.path().endsWith("/large")) {
      exchange.respond(Response.of(200, "application/octet-stream", new byte[LARGE]));
    } else {
      exchange.respond(
          Response.text(
              200,
              name
                  + " "
                  + request.method()
                  + " "
                  + request.target()
                  + " "
                  + request.body().length));
    }
  }

  private void lead(TestRoutes routes) {
    ingress.update(routes.table(), Map.of());
  }

  /** Leads a host to the server at one port. */
  private void lead(String host, int port) {
    lead(new TestRoutes().service("s", port).rule(host, "/", "s"));
  }

  private void leadToStreams(H2cBackend backend) {
    lead(new TestRoutes().service("s", "kubernetes.io/h2c", backend.port()).rule("h", "/", "s"));
  }

  private Socket connect() throws IOException {
    Socket socket = add(new Socket("127.0.0.1", ingress.plainAddress().getPort()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** All that comes back until the connection ends; a reset ends it as well. */
  private static String rest(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        answer.append((char) next);
      }
    } catch (SocketException reset) {
      answer.append("<reset>");
    }
    return answer.toString();
  }

  private String talk(String request) throws IOException {
    Socket socket = connect();
    send(socket, request);
    return rest(socket);
  }

  private String get(String host, String path) throws IOException {
    return talk("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void leadsByHostAndPath() throws Exception {
    int bandicoot = backend("bandicoot");
    lead(
        new TestRoutes()
            .service("alpaca", alpaca)
            .service("bandicoot", bandicoot)
            .rule("alpaca.example", "/", "alpaca")
            .rule("alpaca.example", "/b", "bandicoot")
            .rule("'*.example'", "/", "bandicoot"));
    assertThat(get("alpaca.example", "/x?y=%20z"))
        .contains(" 200 ")
        .endsWith("alpaca GET /x?y=%20z 0");
    assertThat(get("ALPACA.example:80", "/b/c")).endsWith("bandicoot GET /b/c 0");
    assertThat(get("alpaca.example", "/x/%2e%2e/b")).endsWith("bandicoot GET /x/%2e%2e/b 0");
    assertThat(get("other.example", "/")).endsWith("bandicoot GET / 0");
    assertThat(get("elsewhere", "/")).startsWith("HTTP/1.1 404 ").contains("no Ingress leads here");
    assertThat(
            talk(
                "GET http://alpaca.example/q HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n"))
        .endsWith("alpaca GET /q 0");
  }

  @Test
  void goesByNewRoutesAtOnceOnConnectionsThatAreThere() throws Exception {
    int bandicoot = backend("bandicoot");
    lead("h", alpaca);
    HttpClient client = HttpClient.newHttpClient();
    URI uri = URI.create("http://127.0.0.1:" + ingress.plainAddress().getPort() + "/");
    lead("127.0.0.1", alpaca);
    assertThat(body(client, uri)).startsWith("alpaca");
    lead("127.0.0.1", bandicoot);
    assertThat(body(client, uri)).startsWith("bandicoot");
  }

  private static String body(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    lead(
        new TestRoutes()
            .service("empty")
            .service("dead", nobody)
            .service("half", nobody, alpaca)
            .rule("empty", "/", "empty")
            .rule("dead", "/", "dead")
            .rule("half", "/", "half"));
    assertThat(get("empty", "/"))
        .startsWith("HTTP/1.1 503 ")
        .contains("ns/empty:p has no endpoints");
    assertThat(get("dead", "/")).startsWith("HTTP/1.1 502 ").contains("takes no connections");
    for (int i = 0; i < 4; i++) {
      assertThat(get("half", "/")).endsWith("alpaca GET / 0");
    }
  }

  @Test
  void tellsPodsWhoAsks() throws Exception {
    lead("h", alpaca);
    talk(
        """
        GET / HTTP/1.1\r
        Host: h:80\r
        Authorization: Bearer t\r
        traceparent: 00-1-2-01\r
        X-Forwarded-For: 203.0.113.9\r
        X-Real-IP: 203.0.113.9\r
        Forwarded: for=203.0.113.9\r
        Keep-Alive: 5\r
        X-Once: 1\r
        Connection: close, x-once\r
        \r
        """);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    seen.get(0).headers().forEach(headers::put);
    assertThat(headers)
        .containsEntry("Host", "h:80")
        .containsEntry("Authorization", "Bearer t")
        .containsEntry("traceparent", "00-1-2-01")
        .containsEntry("X-Forwarded-For", "127.0.0.1")
        .containsEntry("X-Real-IP", "127.0.0.1")
        .containsEntry("X-Forwarded-Proto", "http")
        .containsEntry("X-Forwarded-Host", "h:80")
        .containsEntry("X-Request-ID", "id-1")
        .doesNotContainKeys("Forwarded", "Keep-Alive", "X-Once", "Connection");
  }

  @Test
  void answersRequestsOfOneConnectionInOrderOverOneConnection() throws Exception {
    lead("h", alpaca);
    Socket socket = connect();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      requests.append("POST /%d HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc".formatted(i));
    }
    send(socket, requests + "GET /end HTTP/1.0\r\nHost: h\r\n\r\n");
    assertThat(rest(socket).lines().filter(line -> line.contains("alpaca")))
        .hasSize(21)
        .allMatch(line -> line.matches(".*alpaca (POST|GET) /\\w+ [03].*"));
    assertThat(seen)
        .extracting(Request::path)
        .startsWith("/0", "/1", "/2")
        .endsWith("/18", "/19", "/end");
    assertThat(seen.stream().map(request -> request.peer().address()).distinct()).hasSize(1);
  }

  @Test
  void passesLargeBodiesThrough() throws Exception {
    lead("127.0.0.1", alpaca);
    String base = "http://127.0.0.1:" + ingress.plainAddress().getPort();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest known =
        HttpRequest.newBuilder(URI.create(base + "/known"))
            .POST(BodyPublishers.ofByteArray(new byte[LARGE]))
            .build();
    assertThat(client.send(known, BodyHandlers.ofString()).body())
        .isEqualTo("alpaca POST /known " + LARGE);
    HttpRequest chunked =
        HttpRequest.newBuilder(URI.create(base + "/chunked"))
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LARGE])))
            .build();
    assertThat(client.send(chunked, BodyHandlers.ofString()).body())
        .isEqualTo("alpaca POST /chunked " + LARGE);
    HttpRequest large = HttpRequest.newBuilder(URI.create(base + "/large")).build();
    assertThat(client.send(large, BodyHandlers.ofByteArray()).body()).hasSize(LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h/../x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET x HTTP/1.1\r\nHost: h\r\n\r\n",
        "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void refusesWhatTwoServersWouldReadDifferently(String request) throws Exception {
    lead("h", alpaca);
    assertThat(talk(request)).startsWith("HTTP/1.1 400 ").containsIgnoringCase("connection: close");
    assertThat(seen).isEmpty();
  }

  @Test
  void framesBodiesAnewWhateverAClientCallsAMatterOfItsConnection() throws Exception {
    lead("h", alpaca);
    String hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";
    String request =
        "POST /%s HTTP/1.1\r\nHost: h\r\n%s\r\nConnection: close, content-length\r\n\r\n%s";
    String length = "Content-Length: " + hidden.length();
    assertThat(talk(request.formatted("a", length, hidden)))
        .endsWith("alpaca POST /a " + hidden.length());
    assertThat(seen).extracting(Request::path).containsExactly("/a");
  }

  @Test
  void refusesHeadsThatAreTooLarge() throws Exception {
    lead("h", alpaca);
    assertThat(get("h", "/" + "x".repeat(IngressLimits.REQUEST_LINE_BYTES)))
        .startsWith("HTTP/1.1 414 ");
    String large = "x".repeat(IngressLimits.HEADER_BYTES);
    assertThat(talk("GET / HTTP/1.1\r\nHost: h\r\nX: " + large + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(seen).isEmpty();
  }

  @Test
  void waitsNoLongerThanItSaysForAHead() throws Exception {
    ingress = ingress(Duration.ofMillis(300));
    Socket slow = connect();
    send(slow, "GET / HTTP/1.1\r\nHost: ");
    assertThat(rest(slow)).isEmpty();
    Socket silent = new Socket("127.0.0.1", ingress.secureAddress().getPort());
    add(silent).setSoTimeout(PATIENCE_MILLIS);
    assertThat(rest(silent)).isEmpty();
  }

  /** A server that says what the test wants to each connection, and gives what it heard first. */
  private int raw(String answer, boolean goesOn) throws IOException {
    ServerSocket listener = add(new ServerSocket(0));
    Thread thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                  InputStream in = socket.getInputStream();
                  OutputStream out = socket.getOutputStream();
                  readHead(in);
                  out.write(answer.getBytes(ISO_8859_1));
                  if (goesOn) {
                    in.transferTo(out);
                  }
                } catch (IOException ended) {
                  // The next connection, or the end of the test.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return listener.getLocalPort();
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void tunnelsProtocolsThatBothSidesAgreeOn() throws Exception {
    int echo =
        raw(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhello",
            true);
    lead("h", echo);
    Socket socket = connect();
    send(
        socket,
        "GET /chat HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assertThat(readHead(socket.getInputStream()))
        .startsWith("HTTP/1.1 101 ")
        .containsIgnoringCase("upgrade: websocket");
    assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(UTF_8));
    byte[] bytes = new byte[1 << 20];
    bytes[12345] = 1;
    CompletableFuture<byte[]> back =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return socket.getInputStream().readNBytes(bytes.length);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    socket.getOutputStream().write(bytes);
    assertThat(back.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(bytes);
    socket.shutdownOutput();
    assertThat(rest(socket)).isEmpty();
  }

  @Test
  void opensANewConnectionWhereAKeptOneHasEnded() throws Exception {
    int closing = raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
    lead("h", closing);
    Socket socket = connect();
    for (int i = 0; i < 20; i++) {
      send(socket, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
      assertThat(socket.getInputStream().readNBytes(2)).isEqualTo("ok".getBytes(UTF_8));
    }
  }

  @Test
  void letsClientsSeeThatAnAnswerIsIncomplete() throws Exception {
    int cut = raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", false);
    int nonsense = raw("220 smtp ready\r\n\r\n", false);
    int mute = raw("", false);
    lead(
        new TestRoutes()
            .service("cut", cut)
            .service("nonsense", nonsense)
            .service("mute", mute)
            .rule("cut", "/", "cut")
            .rule("nonsense", "/", "nonsense")
            .rule("mute", "/", "mute"));
    assertThat(get("cut", "/"))
        .containsIgnoringCase("content-length: 10")
        .doesNotContain("halfhalf");
    assertThat(get("nonsense", "/")).startsWith("HTTP/1.1 502 ");
    assertThat(get("mute", "/")).startsWith("HTTP/1.1 502 ").contains("ended the connection");
  }

  @Test
  void passesAnswersOfUnknownLengthOn() throws Exception {
    int until = raw("HTTP/1.1 200 OK\r\n\r\nto the end", false);
    int early =
        raw(
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            false);
    lead(
        new TestRoutes()
            .service("until", until)
            .service("early", early)
            .rule("until", "/", "until")
            .rule("early", "/", "early"));
    assertThat(get("until", "/"))
        .containsIgnoringCase("transfer-encoding: chunked")
        .contains("to the end");
    assertThat(talk("GET / HTTP/1.0\r\nHost: until\r\n\r\n"))
        .doesNotContainIgnoringCase("transfer-encoding")
        .endsWith("\r\n\r\nto the end");
    assertThat(get("early", "/")).doesNotContain("103").startsWith("HTTP/1.1 200 ").endsWith("ok");
  }

  @Test
  void asksClientsThatWaitToGoOn() throws Exception {
    lead("h", alpaca);
    Socket socket = connect();
    send(
        socket,
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
    assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 100 ");
    send(socket, "ab");
    assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").endsWith("alpaca POST / 2");
  }

  @Test
  void speaksHttp2WithClientsAndSendsOthersToTls() throws Exception {
    ingress.update(
        new TestRoutes().service("s", alpaca).tls("127.0.0.1", "cert", "s").table(), Map.of());
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(Certificates.anonymous(authority))
            .version(HttpClient.Version.HTTP_2)
            .build();
    String base = "https://127.0.0.1:" + ingress.secureAddress().getPort();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + "/" + i))
              .POST(BodyPublishers.ofByteArray(new byte[100_000]))
              .build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    for (int i = 0; i < answers.size(); i++) {
      HttpResponse<String> answer = answers.get(i).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body()).isEqualTo("alpaca POST /" + i + " 100000");
    }
    assertThat(seen)
        .allMatch(request -> request.headers().joined("X-Forwarded-Proto").equals("https"));
    assertThat(get("127.0.0.1", "/a?b=c"))
        .startsWith("HTTP/1.1 308 ")
        .containsIgnoringCase("location: " + base + "/a?b=c");
  }

  @Test
  void speaksHttp2WithPodsThatWantItTrailersIncluded() throws Exception {
    try (H2cBackend backend = new H2cBackend()) {
      leadToStreams(backend);
      for (int i = 0; i < 3; i++) {
        assertThat(
                talk(
                    "POST /service/Method HTTP/1.1\r\nHost: h\r\nTE: trailers\r\nContent-Length: 4\r\nConnection: close\r\n\r\nping"))
            .startsWith("HTTP/1.1 200 ")
            .containsIgnoringCase("x-te: trailers")
            .contains("ping")
            .containsIgnoringCase("grpc-status: 0");
      }
      assertThat(backend.connections()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void saysWhoAskedForWhat() throws Exception {
    lead("h", alpaca);
    talk("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    talk("GET /\"b\" HTTP/1.1\r\nHost: other\r\n\r\n");
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "127.0.0.1 \"GET h/a HTTP/1.1\" 200 \\d+ bytes \\d+ ms ns/s:\\S+ 127.0.0.1:" + alpaca);
    assertThat(lines.get(1)).isEqualTo("127.0.0.1 \"GET other/?b? HTTP/1.1\" 404");
  }

  /** Each waits for its body, so that all are under way before the first is answered. */
  @Test
  void waitsForAStreamWhereAPodTakesFew() throws Exception {
    int requests = 24;
    try (H2cBackend backend = new H2cBackend(1)) {
      leadToStreams(backend);
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        Socket client = connect();
        clients.add(client);
        send(
            client,
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
      }
      for (Socket client : clients) {
        send(client, "ping");
      }
      for (Socket client : clients) {
        assertThat(rest(client)).startsWith("HTTP/1.1 200 ").contains("ping");
      }
      assertThat(backend.connections()).isBetween(2, requests);
    }
  }

  private X509Certificate shown(String host) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket("127.0.0.1", ingress.secureAddress().getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      if (!host.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(host)));
      }
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static String issuer(X509Certificate certificate) {
    return certificate.getIssuerX500Principal().getName();
  }

  @Test
  void showsTheCertificateOfTheHostAndANewOneWithoutBeingStartedAnew() throws Exception {
    TestRoutes routes =
        new TestRoutes()
            .service("s", alpaca)
            .tls("a.example", "first", "s")
            .tls("'*.b.example'", "second", "s");
    ingress.update(
        routes.table(),
        Map.of(
            "ns/first",
            new Certificates("one").server(),
            "ns/second",
            new Certificates("two").server()));
    assertThat(issuer(shown("a.example"))).isEqualTo("CN=one");
    assertThat(issuer(shown("x.b.example"))).isEqualTo("CN=two");
    assertThat(issuer(shown("c.example"))).isEqualTo("CN=fallback");
    assertThat(issuer(shown(""))).isEqualTo("CN=fallback");
    ingress.update(routes.table(), Map.of("ns/first", new Certificates("three").server()));
    assertThat(issuer(shown("a.example"))).isEqualTo("CN=three");
    assertThat(issuer(shown("x.b.example"))).isEqualTo("CN=fallback");
  }
}
