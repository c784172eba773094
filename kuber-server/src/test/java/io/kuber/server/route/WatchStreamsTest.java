package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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

/** Each watch lasts a second and is then read as a whole. */
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
    assertThat(mark.text("object", "kind")).isEqualTo("ConfigMap");
    assertThat(mark.text("object", "metadata", "annotations", "k8s.io/initial-events-end"))
        .isEqualTo("true");
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

  @Test
  void sendsAnEventAsAMessageOfAWebSocket() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    URI address = URI.create(api.at(WATCH).build().uri().toString().replace("https", "wss"));
    HttpClient client = api.admin();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                address,
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket webSocket, CharSequence data, boolean last) {
                    first.complete(data.toString());
                    return WebSocket.Listener.super.onText(webSocket, data, last);
                  }
                })
            .get(30, TimeUnit.SECONDS);
    assertThat(Json.parse(first.get(30, TimeUnit.SECONDS).getBytes(UTF_8)).text("type"))
        .isEqualTo("ADDED");
    socket.abort();
  }
}
