package io.kuber.kuard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KuardTest {

  @Test
  void showsWhoAnsweredAndInWhatColour() throws Exception {
    try (Visitor visitor = Visitor.of(Map.of("NODE_NAME", "node-7"), "--version=green")) {
      String page = visitor.page("/").body();
      assertThat(page).contains("<html lang=\"en\" class=\"green\">").contains("node-7");
      assertThat(page).contains("GET / HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/-/env",
        "/-/mem",
        "/-/liveness",
        "/-/readiness",
        "/-/dns",
        "/-/keygen",
        "/-/memq",
        "/fs/",
        "/env",
        "/mem",
        "/dns",
        "/keygen",
        "/memq",
        "/a/",
        "/b/-/env",
        "/c/fs/",
        "/-/else"
      })
  void servesEveryPageAsHtml(String path) throws Exception {
    try (Visitor visitor = Visitor.of()) {
      var answer = visitor.page(path);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      assertThat(answer.body()).contains("<nav").endsWith("</html>\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/static/kuard.css", "/static/kuard.js", "/static/kuard.svg"})
  void servesItsOwnStyleAndScript(String path) throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.get(path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsThePrefixInItsLinks() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.page("/b/").body()).contains("href=\"/b/-/env\"");
    }
  }

  @Test
  void tellsCommandLineAndEnvironment() throws Exception {
    try (Visitor visitor = Visitor.of(Map.of("GREETING", "a \"b\""), "extra-value")) {
      String json = visitor.get("/env/api").body();
      assertThat(json)
          .contains("{\"commandLine\":[\"/kuard\",")
          .contains("\"GREETING\":\"a \\\"b\\\"\"");
      assertThat(visitor.get("/env").body()).isEqualTo(json);
    }
  }

  @Test
  void escapesWhatVisitorsAndEnvironmentSay() throws Exception {
    try (Visitor visitor = Visitor.of(Map.of("EVIL", "<script>alert(1)</script>"))) {
      assertThat(visitor.page("/-/env").body())
          .contains("&lt;script&gt;alert(1)")
          .doesNotContain("<script>alert");
      visitor.put("/memq/server/queues/%3Cb%3Ebold", "");
      assertThat(visitor.page("/-/memq").body())
          .contains("&lt;b&gt;bold")
          .doesNotContain("<b>bold");
    }
  }

  @Test
  void failsAProbeAsOftenAsToldThenSucceeds() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.put("/ready/api", "{\"failNext\": 2}").statusCode()).isEqualTo(200);
      assertThat(visitor.get("/ready").body()).isEqualTo("fail, 1 left");
      assertThat(visitor.get("/ready").statusCode()).isEqualTo(500);
      assertThat(visitor.get("/ready").body()).isEqualTo("ok");
      assertThat(visitor.get("/healthy").statusCode()).isEqualTo(200);
      assertThat(visitor.get("/ready/api").body())
          .startsWith("{\"probePath\":\"/ready\",\"failNext\":0,\"history\":[{\"id\":3,")
          .contains("\"code\":500");
    }
  }

  @Test
  void failsAProbeForGoodFromTheStart() throws Exception {
    try (Visitor visitor = Visitor.of("--liveness-fail-next=-2")) {
      assertThat(visitor.get("/healthy").body()).isEqualTo("fail, permanent");
      visitor.put("/healthy/api", "{\"failNext\": 0}");
      assertThat(visitor.get("/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void takesAndGivesBackMemory() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.post("/mem/api/alloc?size=1048576", "").statusCode()).isEqualTo(200);
      assertThat(visitor.get("/mem/api").body()).contains("\"held\":1048576");
      visitor.post("/mem/api/clear", "");
      assertThat(visitor.get("/mem/api").body()).contains("\"held\":0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?size=", "?size=many", "?size=-1", "?size=0"})
  void refusesToTakeNonsense(String query) throws Exception {
    try (Visitor visitor = Visitor.of()) {
      var answer = visitor.post("/mem/api/alloc" + query, "");
      assertThat(answer.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void browsesFilesBelowItsRoot(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("a <b>.txt"), "hello");
    try (Visitor visitor = Visitor.of()) {
      String page = visitor.page("/fs" + dir + "/").body();
      assertThat(page).contains("href=\"./a%20%3Cb%3E.txt\">a &lt;b&gt;.txt<");
      var file = visitor.get("/fs" + dir + "/a%20%3Cb%3E.txt");
      assertThat(file.body()).isEqualTo("hello");
      assertThat(file.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
      var bare = visitor.get("/fs" + dir);
      assertThat(bare.statusCode()).isEqualTo(301);
      assertThat(bare.headers().firstValue("Location")).hasValue(dir.getFileName() + "/");
      assertThat(visitor.get("/fs" + dir + "/none").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void answersUnknownUrlsAndMethodsClearly() throws Exception {
    try (Visitor visitor = Visitor.of()) {
      assertThat(visitor.get("/nothing").statusCode()).isEqualTo(404);
      var wrong = visitor.post("/env/api", "");
      assertThat(wrong.statusCode()).isEqualTo(405);
      assertThat(wrong.body()).isEqualTo("/env/api takes GET, not POST\n");
      assertThat(visitor.put("/ready/api", "{\"failNext\":\"x\"}").body())
          .startsWith("failNext must be a whole number");
      assertThat(visitor.put("/ready/api", "{").statusCode()).isEqualTo(400);
      assertThat(visitor.send("HEAD", "/", "", "*/*").statusCode()).isEqualTo(200);
    }
  }

  /** A request is counted behind its answer, so the count is awaited. */
  @Test
  void countsRequestsForPrometheus() throws Exception {
    String line = "_count{method=\"GET\",route=\"/healthy\",status_code=\"200\"} 1";
    try (Visitor visitor = Visitor.of()) {
      visitor.get("/healthy");
      String metrics = visitor.get("/metrics").body();
      for (int i = 0; i < 100 && !metrics.contains(line); i++) {
        metrics = visitor.get("/metrics").body();
      }
      assertThat(metrics).contains("request_duration_seconds" + line);
    }
  }
}
