package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.trust.TestClients;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each watch lasts a second and is then read as a whole. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
final class WatchStreamsTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String WATCH = MAPS + "?watch=true&timeoutSeconds=1";
  private static final String INITIAL =
      WATCH
          + "&sendInitialEvents=true&allowWatchBookmarks=true"
          + "&resourceVersionMatch=NotOlderThan";

  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
    api.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
    api.post(MAPS, "{\"metadata\":{\"name\":\"b\"}}");
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private List<Tree> events(String path, String... headers) {
    return api.get(path, headers)
        .body()
        .lines()
        .map(line -> Json.parse(line.getBytes(UTF_8)))
        .toList();
  }

  private static List<String> names(List<Tree> events) {
    return events.stream()
        .filter(event -> event.text("type").equals("ADDED"))
        .map(event -> event.text("object", "metadata", "name"))
        .toList();
  }

  @Test
  void showsWhatIsThereAndEndsInTime() {
    assertThat(names(events(WATCH))).containsExactly("a", "b");
  }

  @Test
  void sendsLinesOfJson() {
    HttpResponse<String> answer = api.get(WATCH);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).startsWith("{\"type\":\"ADDED\",\"object\":{").endsWith("}\n");
  }

  /** Clients take a watch that is cut off for a fault, and one that ends for its end. */
  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void endsWatchesCleanlyWhenTheServerStops(HttpClient.Version version, @TempDir Path pki)
      throws Exception {
    ServedApi stopping = new ServedApi(pki);
    HttpClient client =
        stopping
            .client()
            .version(version)
            .sslContext(TestClients.showing(stopping.trust(), stopping.trust().admin()))
            .build();
    HttpResponse<InputStream> watch =
        client.send(
            stopping.at("/api/v1/namespaces?watch=true").build(), BodyHandlers.ofInputStream());
    assertThat(watch.version()).isEqualTo(version);
    BufferedReader lines = new BufferedReader(new InputStreamReader(watch.body(), UTF_8));
    assertThat(lines.readLine()).contains("\"ADDED\"", "default");
    stopping.close();
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void closesWebSocketsWhenTheServerStops(@TempDir Path pki) throws Exception {
    ServedApi stopping = new ServedApi(pki);
    FirstMessage first = new FirstMessage();
    URI address = stopping.at("/api/v1/namespaces?watch=true").build().uri();
    stopping
        .admin()
        .newWebSocketBuilder()
        .buildAsync(URI.create(address.toString().replace("https", "wss")), first)
        .get(30, TimeUnit.SECONDS);
    assertThat(first.await()).contains("default");
    stopping.close();
    assertThat(first.closed.get(30, TimeUnit.SECONDS)).isIn(1000, 1001);
  }

  @Test
  void goesOnBehindARevision() {
    Tree first = events(WATCH).get(0);
    String revision = first.text("object", "metadata", "resourceVersion");
    assertThat(names(events(WATCH + "&resourceVersion=" + revision))).containsExactly("b");
  }

  @Test
  void marksTheEndOfTheInitialEvents() {
    List<Tree> events = events(INITIAL);
    assertThat(names(events)).containsExactly("a", "b");
    Tree mark = events.get(2);
    assertThat(mark.text("type")).isEqualTo("BOOKMARK");
    String revision = mark.text("object", "metadata", "resourceVersion");
    assertThat(revision).matches("[1-9]\\d*");
    Tree annotations = Tree.of("k8s.io/initial-events-end", "true");
    Tree metadata = Tree.of("resourceVersion", revision, "annotations", annotations);
    assertThat(mark.tree("object"))
        .isEqualTo(Tree.of("kind", "ConfigMap", "apiVersion", "v1", "metadata", metadata));
  }

  @Test
  void watchesOneObjectByTheOldPath() {
    assertThat(names(events("/api/v1/watch/namespaces/default/configmaps/b?timeoutSeconds=1")))
        .containsExactly("b");
  }

  @Test
  void sendsTheHeadOfATableOnce() {
    List<Tree> tables = events(WATCH, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(tables)
        .extracting(event -> event.items("object", "columnDefinitions").isEmpty())
        .containsExactly(false, true);
  }

  @Test
  void showsOnlyMetadata() {
    assertThat(
            events(WATCH, "Accept", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io"))
        .extracting(event -> event.text("object", "kind"))
        .containsOnly("PartialObjectMetadata");
  }

  /** The event itself has no envelope, its object does (k8s.io/apimachinery, codec_factory.go). */
  @Test
  void framesProtobuf() throws Exception {
    var answer =
        api.admin()
            .send(
                api.at(WATCH).header("Accept", "application/vnd.kubernetes.protobuf").build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/vnd.kubernetes.protobuf;stream=watch");
    ByteBuffer frames = ByteBuffer.wrap(answer.body());
    int count = 0;
    while (frames.hasRemaining()) {
      byte[] frame = new byte[frames.getInt()];
      frames.get(frame);
      assertThat(new String(frame, ISO_8859_1)).startsWith("\n\5ADDED").contains("k8s\0");
      count++;
    }
    assertThat(count).isEqualTo(2);
  }

  /** The first message of a watch over a WebSocket, whether text or bytes. */
  private static final class FirstMessage implements WebSocket.Listener {
    private final CompletableFuture<String> message = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.complete("text " + data);
      return WebSocket.Listener.super.onText(webSocket, data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      message.complete("bytes " + ISO_8859_1.decode(data));
      return WebSocket.Listener.super.onBinary(webSocket, data, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
      closed.complete(status);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.completeExceptionally(error);
    }

    String await() throws Exception {
      return message.get(30, TimeUnit.SECONDS);
    }
  }

  private WebSocket open(HttpClient client, FirstMessage first, String accept, String... protocols)
      throws Exception {
    URI address = URI.create(api.at(WATCH).build().uri().toString().replace("https", "wss"));
    WebSocket.Builder builder = client.newWebSocketBuilder().header("Accept", accept);
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    return builder.buildAsync(address, first).get(30, TimeUnit.SECONDS);
  }

  @Test
  void sendsAnEventAsAMessageOfAWebSocket() throws Exception {
    FirstMessage first = new FirstMessage();
    WebSocket socket = open(api.admin(), first, "application/json");
    assertThat(first.await()).startsWith("text {\"type\":\"ADDED\"");
    assertThat(socket.getSubprotocol()).isEmpty();
    socket.abort();
  }

  @Test
  void sendsProtobufAsBytesWithoutTheirLength() throws Exception {
    FirstMessage first = new FirstMessage();
    WebSocket socket =
        open(api.admin(), first, "application/vnd.kubernetes.protobuf", "binary.k8s.io");
    assertThat(first.await()).startsWith("bytes \n\5ADDED").contains("k8s\0");
    assertThat(socket.getSubprotocol()).isEqualTo("binary.k8s.io");
    socket.abort();
  }

  private static String token(String text) {
    return "base64url.bearer.authorization.k8s.io."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void agreesToAnyProtocolButTheOneThatIsAToken() throws Exception {
    FirstMessage first = new FirstMessage();
    WebSocket socket =
        open(api.admin(), first, "application/json", token("any"), "base64.binary.k8s.io");
    assertThat(socket.getSubprotocol()).isEqualTo("base64.binary.k8s.io");
    socket.abort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "binary.k8s.io"})
  void refusesATokenThatDoesNotHoldOrStandsAlone(String other) throws Exception {
    HttpClient stranger = api.client().sslContext(TestClients.showing(api.trust(), null)).build();
    String[] protocols =
        other.isEmpty() ? new String[] {token("any")} : new String[] {token("any"), other};
    assertThatThrownBy(() -> open(stranger, new FirstMessage(), "application/json", protocols))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
  }
}
