package io.kuber.engine.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.engine.EngineException;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesTest {
  @TempDir Path directory;
  private UnixServer server;

  @BeforeEach
  void start() throws IOException {
    Routes routes =
        new Routes()
            .add("GET", "/images/{name*}/json", call -> call.json(Tree.of("n", call.path("name"))))
            .add("GET", "/images/json", call -> call.json(Tree.of("list", true)))
            .add("GET", "/containers/{id}/json", RoutesTest::absent)
            .add("POST", "/containers/create", RoutesTest::create)
            .add("DELETE", "/containers/{id}", Call::done)
            .add("POST", "/pull", RoutesTest::pull);
    server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static void absent(Call call) {
    throw EngineException.absent("No such container: " + call.path("id"));
  }

  private static void create(Call call) throws IOException {
    call.json(
        201,
        Tree.of(
            "Image",
            call.body().text("Image"),
            "name",
            call.query("name").orElse("none"),
            "v",
            call.isTrue("v"),
            "t",
            call.number("t", 10),
            "running",
            call.filters().allow("status", "label").admits("status", "running")));
  }

  private static void pull(Call call) throws IOException {
    try (ProgressLines lines = call.progress()) {
      lines.status("latest", "Pulling");
      lines.progress("a", "Downloading", 1, 2);
      lines.stream("Step 1\n");
      lines.error(7, "no");
    }
  }

  private String call(String method, String target, String body) throws IOException {
    Answer answer = UnixWire.call(server.path(), method, target, body.getBytes(UTF_8));
    return answer.status() + " " + new String(answer.body().readAllBytes(), UTF_8);
  }

  @Test
  void findsTheEndpointWithAndWithoutVersion() throws IOException {
    assertThat(call("GET", "/v1.41/images/json", "")).isEqualTo("200 {\"list\":true}");
    assertThat(call("GET", "/images/library/busybox:1/json", ""))
        .isEqualTo("200 {\"n\":\"library/busybox:1\"}");
    assertThat(call("DELETE", "/v1.24/containers/x", "")).isEqualTo("204 ");
    assertThat(call("GET", "/nothing", "")).isEqualTo("404 {\"message\":\"page not found\"}");
  }

  @Test
  void saysWhichVersionsItSpeaks() throws IOException {
    Answer answer = UnixWire.call(server.path(), "GET", "/images/json", new byte[0]);
    assertThat(answer.headers().first("Api-Version")).contains("1.41");
    assertThat(answer.headers().first("Ostype")).contains("linux");
    assertThat(call("GET", "/v1.20/images/json", "")).startsWith("400").contains("too old");
    assertThat(call("GET", "/v1.99/images/json", "")).startsWith("400").contains("too new");
  }

  @Test
  void readsQueryBodyAndFilters() throws IOException {
    assertThat(call("POST", "/containers/create?v=True&t=3", "{\"Image\":\"x\"}"))
        .isEqualTo("201 {\"Image\":\"x\",\"name\":\"none\",\"v\":true,\"t\":3,\"running\":true}");
    assertThat(
            call(
                "POST",
                "/containers/create?name=a&v=0&filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%7D%7D",
                ""))
        .isEqualTo("201 {\"Image\":\"\",\"name\":\"a\",\"v\":false,\"t\":10,\"running\":false}");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(call("GET", "/containers/x/json", ""))
        .isEqualTo("404 {\"message\":\"No such container: x\"}");
    assertThat(call("POST", "/containers/create", "{")).startsWith("400 {\"message\":\"invalid");
    assertThat(call("POST", "/containers/create", "[]")).contains("no JSON object");
    assertThat(call("POST", "/containers/create?t=x", ""))
        .startsWith("400")
        .contains("value for t");
    assertThat(call("POST", "/containers/create?filters=%7B%22no%22%3A%5B%22x%22%5D%7D", ""))
        .isEqualTo("400 {\"message\":\"invalid filter 'no'\"}");
  }

  @Test
  void tellsNewsOneALine() throws IOException {
    assertThat(call("POST", "/pull", ""))
        .isEqualTo(
            "200 {\"status\":\"Pulling\",\"progressDetail\":{},\"id\":\"latest\"}\r\n"
                + "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1,\"total\":2},"
                + "\"id\":\"a\"}\r\n"
                + "{\"stream\":\"Step 1\\n\"}\r\n"
                + "{\"errorDetail\":{\"code\":7,\"message\":\"no\"},\"error\":\"no\"}\r\n");
  }
}
