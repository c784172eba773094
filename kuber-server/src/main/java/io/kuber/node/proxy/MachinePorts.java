package io.kuber.node.proxy;

import io.kuber.node.network.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Knows which ports programs of the machine have. */
@FunctionalInterface
public interface MachinePorts {
  /** For those who do not want to know. */
  MachinePorts NONE = (protocol, port) -> false;

  /**
   * Of the machine, or the network namespace, of the thread that asks: it takes the port for a
   * moment without listening. Nothing is known of SCTP.
   */
  MachinePorts OF_MACHINE = MachinePorts::cannotBeHad;

  /** Whether a program has the port, at whatever address. */
  boolean isTaken(Protocol protocol, int port);

  private static boolean cannotBeHad(Protocol protocol, int port) {
    InetSocketAddress everywhere = new InetSocketAddress(port);
    try {
      if (protocol == Protocol.TCP) {
        try (Socket socket = new Socket()) {
          socket.setReuseAddress(true); // Connections that have ended do not count.
          socket.bind(everywhere);
        }
      } else if (protocol == Protocol.UDP) {
        new DatagramSocket(everywhere).close();
      }
      return false;
    } catch (IOException taken) {
      return true;
    }
  }
}
