package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.http.SpdyClient;
import io.kuber.json.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exec and port-forward as clients with SPDY see them. */
@Timeout(60)
class OverSpdyTest {
  private static final String[] EXEC = {
    "X-Stream-Protocol-Version: v5.channel.k8s.io", "X-Stream-Protocol-Version: v4.channel.k8s.io"
  };
  private static final String FORWARD = "X-Stream-Protocol-Version: portforward.k8s.io";
  private static final int PATIENCE_MILLIS = 30_000;
  private static final String TUNNELLED = "SPDY/3.1+portforward.k8s.io";

  @Test
  void runsACommandWithStdinUntilTheClientEndsIt() throws Exception {
    byte[] input = new byte[100_000];
    try (TunnelServer server = new TunnelServer();
        SpdyClient client =
            new SpdyClient(server.port(), "/exec?command=cat&stdin=1&stdout=1&stderr=1", EXEC)) {
      int error = client.open("streamtype", "error");
      int stdin = client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      client.open("streamtype", "stderr");
      client.send(stdin, input, true);

      assertThat(client.answer()).contains("101", "X-Stream-Protocol-Version: v4.channel.k8s.io");
      assertThat(client.readAll(stdout)).isEqualTo(input);
      assertThat(Json.parse(client.readAll(error)).text("status")).isEqualTo("Success");
      assertThat(client.isAccepted(stdin)).isTrue();
      assertThat(client.windowOpened()).isEqualTo(input.length);
    }
  }

  @Test
  void connectsToThePortOfEachPairOfStreams() throws Exception {
    try (TunnelServer server = new TunnelServer();
        SpdyClient client = new SpdyClient(server.port(), "/portforward", FORWARD)) {
      exchangesBytesWithThePod(client);
    }
  }

  @Test
  void connectsToPortsBySpdyInsideAWebSocket() throws Exception {
    try (TunnelServer server = new TunnelServer();
        SpdyClient client = SpdyClient.inWebSocket(server.port(), "/portforward", TUNNELLED)) {
      assertThat(client.answer()).contains("101", TUNNELLED);
      exchangesBytesWithThePod(client);
    }
  }

  private static void exchangesBytesWithThePod(SpdyClient client) throws Exception {
    byte[] input = new byte[100_000];
    try (ServerSocket pod = new ServerSocket(0, 2, InetAddress.getByName("127.0.0.1"))) {
      pod.setSoTimeout(PATIENCE_MILLIS);
      String port = Integer.toString(pod.getLocalPort());
      int error = client.open("streamtype", "error", "port", port, "requestid", "0");
      int data = client.open("streamtype", "data", "port", port, "requestid", "0");
      client.send(data, input, true);
      try (Socket accepted = pod.accept()) {
        assertThat(accepted.getInputStream().readAllBytes()).isEqualTo(input);
        accepted.getOutputStream().write("pong".getBytes(UTF_8));
      }

      assertThat(client.readAll(data)).isEqualTo("pong".getBytes(UTF_8));
      assertThat(client.readAll(error)).isEmpty();
      client.ping(1);
    }
  }

  @Test
  void refusesProtocolsThatItDoesNotKnow() throws Exception {
    try (TunnelServer server = new TunnelServer();
        SpdyClient client =
            new SpdyClient(server.port(), "/portforward", "X-Stream-Protocol-Version: v9")) {
      assertThat(client.answer()).startsWith("HTTP/1.1 403 ");
    }
  }
}
