package io.kuber.engine.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Errors;
import io.kuber.engine.wire.Routes;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.UnixServer;
import io.kuber.http.UnixWire;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemEndpointsTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.5Z");

  @TempDir Path directory;
  private final HappeningLog log = new HappeningLog(() -> NOW);
  private UnixServer server;

  @BeforeEach
  void start() throws IOException {
    EngineFacts facts =
        new EngineFacts(
            "1.2.3",
            "/data",
            "box",
            "6.1",
            "Debian",
            4,
            1L << 30,
            "2",
            () -> new EngineFacts.Counts(1, 0, 2, 5));
    Routes routes = new Routes();
    DiskParts disk =
        new DiskParts(
            () -> Tree.of("LayersSize", 7L, "Images", Items.EMPTY),
            () -> Items.of(Tree.of("SizeRw", 3L)),
            () -> Items.EMPTY);
    new SystemEndpoints(facts, log, SystemEndpointsTest::login, disk).addTo(routes);
    server = UnixServer.start(directory.resolve("s"), Errors.SHAPE, routes);
  }

  private static void login(String at, String user, String password) {
    if (!password.equals("right")) {
      throw new EngineException(
          401, "unauthorized: wrong for " + user + " at " + at, new IllegalArgumentException(user));
    }
  }

  @AfterEach
  void stop() throws IOException {
    log.close();
    server.close();
  }

  private Answer call(String method, String target, String body) throws IOException {
    return UnixWire.call(server.path(), method, target, body.getBytes(UTF_8));
  }

  private String text(String target) throws IOException {
    return new String(call("GET", target, "").body().readAllBytes(), UTF_8);
  }

  @Test
  void answersPingsWithWhatItSpeaks() throws IOException {
    Answer head = call("HEAD", "/_ping", "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().first("Api-Version")).contains("1.41");
    assertThat(text("/_ping")).isEqualTo("OK");
  }

  @Test
  void tellsOfItselfAndItsMachine() throws IOException {
    Tree info = Json.parse(text("/v1.41/info").getBytes(UTF_8));
    assertThat(info.number(0, "Containers")).isEqualTo(3);
    assertThat(info.number(0, "Images")).isEqualTo(5);
    assertThat(info.text("DockerRootDir")).isEqualTo("/data");
    Tree version = Json.parse(text("/version").getBytes(UTF_8));
    assertThat(version.text("MinAPIVersion")).isEqualTo("1.24");
    assertThat(version.items("Components").tree(0).text("Details", "KernelVersion"))
        .isEqualTo("6.1");
  }

  @Test
  void tellsWhatIsOnTheDisk() throws IOException {
    assertThat(text("/system/df"))
        .isEqualTo(
            "{\"LayersSize\":7,\"Images\":[],\"Containers\":[{\"SizeRw\":3}],\"Volumes\":[],"
                + "\"BuildCache\":[]}");
  }

  @Test
  void tellsWhatHasHappenedBetweenTwoTimes() throws IOException {
    log.tell("container", "create", "abc", Map.of("name", "web", "image", "nginx"));
    log.tell("network", "connect", "n1", Map.of("name", "bridge"));
    log.tell("container", "exec_create: ls", "abc", Map.of("name", "web", "image", "nginx"));
    String between = "/events?since=1893456000&until=1893456000.5&filters=";
    assertThat(text(between + "%7B%22type%22%3A%5B%22network%22%5D%7D"))
        .isEqualTo(
            "{\"Type\":\"network\",\"Action\":\"connect\",\"Actor\":{\"ID\":\"n1\","
                + "\"Attributes\":{\"name\":\"bridge\"}},\"scope\":\"local\",\"time\":1893456000,"
                + "\"timeNano\":1893456000500000000}\r\n");
    assertThat(text(between + "%7B%22container%22%3A%5B%22web%22%5D%7D").lines()).hasSize(2);
    assertThat(text(between + "%7B%22event%22%3A%5B%22exec_create%22%5D%7D").lines()).hasSize(1);
    assertThat(text("/events?since=1893456001&until=1893456000.5")).isEmpty();
    assertThat(call("GET", "/events?since=yesterday", "").status()).isEqualTo(400);
  }

  @Test
  void goesOnToTellWhatHappens() throws IOException {
    try (UnixWire wire = UnixWire.connect(server.path())) {
      wire.say("GET /events HTTP/1.0\r\n\r\n").head();
      BufferedReader lines = new BufferedReader(new InputStreamReader(wire.in(), UTF_8));
      log.tell("volume", "create", "v", Map.of());
      assertThat(lines.readLine()).contains("\"Action\":\"create\"");
      log.tell("volume", "destroy", "v", Map.of());
      assertThat(lines.readLine()).contains("\"Action\":\"destroy\"");
      log.close();
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void remembersNoMoreThanItsBound() throws InterruptedException {
    for (int i = 0; i <= HappeningLog.MOST; i++) {
      log.tell("volume", "create", "v" + i, Map.of());
    }
    assertThat(log.watch(true).next(NOW))
        .hasSize(HappeningLog.MOST)
        .first()
        .extracting("id")
        .isEqualTo("v1");
    assertThat(log.watch(false).next(NOW)).isEmpty();
  }

  @Test
  void asksWhetherCredentialsAreGood() throws IOException {
    Answer right = call("POST", "/auth", "{\"username\":\"u\",\"password\":\"right\"}");
    assertThat(right.body()).hasContent("{\"Status\":\"Login Succeeded\",\"IdentityToken\":\"\"}");
    Answer wrong = call("POST", "/auth", "{\"username\":\"u\",\"serveraddress\":\"r:5000\"}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).hasContent("{\"message\":\"unauthorized: wrong for u at r:5000\"}");
  }
}
