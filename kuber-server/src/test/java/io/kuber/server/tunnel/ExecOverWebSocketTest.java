package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exec and attach as clients with WebSocket see them. */
@Timeout(60)
class ExecOverWebSocketTest {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;

  @Test
  void separatesTheStreamsAndReportsTheExitCode() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(
              server,
              "/exec?command=sh&command=-c&command=echo+out;echo+err+%3E%262;exit+3&stdout=1&stderr=1",
              "v4.channel.k8s.io");

      assertThat(client.subprotocol()).isEqualTo("v4.channel.k8s.io");
      assertThat(client.awaitClose()).isEqualTo(1000);
      assertThat(client.all(STDOUT)).isEqualTo("out\n".getBytes(UTF_8));
      assertThat(client.all(STDERR)).isEqualTo("err\n".getBytes(UTF_8));
      Tree status = Json.parse(client.all(ERROR));
      assertThat(status.text("reason")).isEqualTo("NonZeroExitCode");
      assertThat(status.items("details", "causes").tree(0))
          .isEqualTo(Tree.of("reason", "ExitCode", "message", "3"));
    }
  }

  @Test
  void passesStdinUntilTheClientOfVersion5ClosesIt() throws Exception {
    byte[] input = new byte[3_000_000];
    new Random(1).nextBytes(input);
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(
              server, "/exec?command=cat&stdin=true&stdout=true", "v5.channel.k8s.io");
      for (int from = 0; from < input.length; from += 30_000) {
        byte[] part = new byte[Math.min(30_000, input.length - from)];
        System.arraycopy(input, from, part, 0, part.length);
        client.send(STDIN, part);
      }
      client.send(CLOSE, new byte[] {STDIN});

      assertThat(client.all(STDOUT)).isEqualTo(input);
      assertThat(Json.parse(client.all(ERROR)).text("status")).isEqualTo("Success");
    }
  }

  @Test
  void attachesToAProcessAndTellsItTheSizeOfTheTerminal() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(
              server, "/attach?stdin=true&stdout=true&tty=true", "v5.channel.k8s.io");
      client.send(RESIZE, "{\"Width\":80,\"Height\":24}".getBytes(UTF_8));
      client.send(STDIN, "typed".getBytes(UTF_8));

      assertThat(client.await(STDOUT, 5)).isEqualTo("typed".getBytes(UTF_8));
      assertThat(server.gateway().sizes).containsExactly("80x24");
      client.abort();
    }
  }

  /** Before version 4 the end is a sentence, and nothing where all is well. */
  @ParameterizedTest
  @ValueSource(strings = {"", "channel.k8s.io", "v2.channel.k8s.io", "v3.channel.k8s.io"})
  void speaksTheVersionsBeforeThoseWithAStatus(String protocol) throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      String command = "/exec?stdout=1&command=sh&command=-c&command=echo+out;exit+";
      WebSocketClient bad = new WebSocketClient(server, command + 3, protocol);
      assertThat(bad.subprotocol()).isEqualTo(protocol);
      assertThat(bad.all(STDOUT)).isEqualTo("out\n".getBytes(UTF_8));
      assertThat(new String(bad.all(ERROR), UTF_8))
          .isEqualTo("command terminated with exit code 3");
      WebSocketClient good = new WebSocketClient(server, command + 0, protocol);
      assertThat(good.all(STDOUT)).isEqualTo("out\n".getBytes(UTF_8));
      assertThat(good.all(ERROR)).isEmpty();
    }
  }

  /** The channel is a digit then, and what comes on it text that every browser can send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "base64.channel.k8s.io",
        "v4.base64.channel.k8s.io",
        "v5.base64.channel.k8s.io",
      })
  void speaksBase64WithBrowsers(String protocol) throws Exception {
    byte[] typed = {'a', 0, (byte) 0xff, '\n'};
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(server, "/attach?stdin=true&stdout=true", protocol);
      assertThat(client.subprotocol()).isEqualTo(protocol);
      client.sendBase64(STDIN, typed);
      assertThat(client.await(STDOUT, typed.length)).isEqualTo(typed);
      client.abort();
    }
  }

  @Test
  void endsInAStatusInBase64Too() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(
              server, "/exec?command=echo&command=out&stdout=true", "v4.base64.channel.k8s.io");
      assertThat(client.all(STDOUT)).isEqualTo("out\n".getBytes(UTF_8));
      assertThat(Json.parse(client.all(ERROR)).text("status")).isEqualTo("Success");
    }
  }

  /** kubectl gives up a connection on which nobody answers its pings. */
  @Test
  void answersPings() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(server, "/attach?stdin=true&stdout=true", "v5.channel.k8s.io");
      assertThat(client.ping("there?")).isEqualTo("there?");
      client.abort();
    }
  }

  @Test
  void answersAContainerThatIsNotThereBeforeTheUpgrade() throws Exception {
    HttpResponse<?> response =
        upgradeOf("/exec?command=ls&stdout=true&container=absent", "v5.channel.k8s.io");

    assertThat(response.statusCode()).isEqualTo(404);
  }

  @Test
  void refusesARequestWithoutUpgrade() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/exec?command=ls&stdout=true");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("Upgrade request required");
    }
  }

  @Test
  void sendsTheLogOfAContainer() throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/log?container=web");
      HttpResponse<String> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo("log of web\n");
    }
  }

  /** The JDK's WebSocket hides the body of an answer that refuses it. */
  private static HttpResponse<?> upgradeOf(String target, String subprotocol) throws Exception {
    try (TunnelServer server = new TunnelServer()) {
      CompletionException refused =
          catchThrowableOfType(
              CompletionException.class, () -> new WebSocketClient(server, target, subprotocol));
      assertThat(refused.getCause()).isInstanceOf(WebSocketHandshakeException.class);
      return ((WebSocketHandshakeException) Objects.requireNonNull(refused.getCause()))
          .getResponse();
    }
  }
}
