package io.kuber.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.node.network.Protocol;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class MachinePortsTest {
  private static boolean isTaken(Protocol protocol, int port) {
    return MachinePorts.OF_MACHINE.isTaken(protocol, port);
  }

  @Test
  void areTakenWhileAProgramListens() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = server.getLocalPort();
      assertThat(isTaken(Protocol.TCP, port)).isTrue();
      assertThat(isTaken(Protocol.SCTP, port)).isFalse();
    }
    assertThat(isTaken(Protocol.TCP, port)).isFalse();
    try (DatagramSocket server = new DatagramSocket(0)) {
      assertThat(isTaken(Protocol.UDP, server.getLocalPort())).isTrue();
    }
  }
}
