package io.kuber.server.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports of a pod over the channels of a WebSocket. */
@Timeout(60)
class PortForwardOverWebSocketTest {
  private static final int DATA = 0;
  private static final int ERROR = 1;

  @Test
  void announcesThePortAndPassesBytesBothWays() throws Exception {
    try (TunnelServer server = new TunnelServer();
        ServerSocket pod = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = pod.getLocalPort();
      WebSocketClient client =
          new WebSocketClient(server, "/portforward?ports=" + port, "v4.channel.k8s.io");
      byte[] announcement = {(byte) port, (byte) (port >> 8)};
      try (Socket accepted = pod.accept()) {
        client.send(DATA, "ping".getBytes(UTF_8));
        assertThat(accepted.getInputStream().readNBytes(4)).isEqualTo("ping".getBytes(UTF_8));
        accepted.getOutputStream().write("pong".getBytes(UTF_8));

        assertThat(new String(client.await(DATA, 6), 2, 4, UTF_8)).isEqualTo("pong");
        assertThat(client.await(ERROR, 2)).isEqualTo(announcement);
        client.abort();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void givesEachPortAPairOfChannels() throws Exception {
    try (TunnelServer server = new TunnelServer();
        ServerSocket one = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String ports = "ports=" + one.getLocalPort() + "&ports=" + two.getLocalPort();
      WebSocketClient client =
          new WebSocketClient(server, "/portforward?" + ports, "v4.channel.k8s.io");
      for (ServerSocket pod : new ServerSocket[] {one, two}) {
        int data = pod == one ? 0 : 2;
        int port = pod.getLocalPort();
        try (Socket accepted = pod.accept()) {
          accepted.getOutputStream().write("pong".getBytes(UTF_8));
          byte[] announcement = {(byte) port, (byte) (port >> 8)};
          assertThat(client.await(data, 6)).startsWith(announcement).endsWith('p', 'o', 'n', 'g');
          assertThat(client.await(data + 1, 2)).isEqualTo(announcement);
        }
      }
      client.abort();
    }
  }

  @Test
  void saysWhyAPortCannotBeReached() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (TunnelServer server = new TunnelServer()) {
      WebSocketClient client =
          new WebSocketClient(server, "/portforward?ports=" + port, "v4.channel.k8s.io");

      assertThat(new String(client.await(ERROR, 10), 2, 8, UTF_8)).startsWith("error fo");
      client.abort();
    }
  }
}
