package io.kuber.engine.network;

import io.kuber.engine.EngineException;
import io.kuber.engine.NetworkShelf.Published;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps ports of the machine from other programs while they lead to containers, as Docker does.
 * Nothing arrives at these sockets: packets are sent on before. For one thread at a time.
 */
final class HostPorts {
  private final Map<String, List<Closeable>> held = new HashMap<>();

  /**
   * Takes the ports of a container.
   *
   * @return the same with the ports that were chosen
   * @throws EngineException 500 when one is taken; none of them is held then
   */
  List<Published> hold(String container, List<Published> ports) {
    List<Closeable> sockets = new ArrayList<>();
    List<Published> chosen = new ArrayList<>();
    for (Published port : ports) {
      try {
        chosen.add(port.protocol().equals("udp") ? udp(port, sockets) : tcp(port, sockets));
      } catch (IOException e) {
        sockets.forEach(HostPorts::close);
        throw new EngineException(
            500,
            "driver failed programming external connectivity: failed to bind port "
                + port.hostIp()
                + ":"
                + port.hostPort()
                + "/"
                + port.protocol()
                + ": "
                + e.getMessage(),
            e);
      }
    }
    held.put(container, sockets);
    return chosen;
  }

  private static Published tcp(Published port, List<Closeable> sockets) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.INET);
    sockets.add(socket);
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    socket.bind(new InetSocketAddress(port.hostIp(), port.hostPort()), 1);
    return with(port, ((InetSocketAddress) socket.getLocalAddress()).getPort());
  }

  private static Published udp(Published port, List<Closeable> sockets) throws IOException {
    DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET);
    sockets.add(socket);
    socket.bind(new InetSocketAddress(port.hostIp(), port.hostPort()));
    return with(port, ((InetSocketAddress) socket.getLocalAddress()).getPort());
  }

  private static Published with(Published port, int chosen) {
    return new Published(port.hostIp(), chosen, port.containerPort(), port.protocol());
  }

  /** Gives a container's ports back; does nothing when it has none. */
  void release(String container) {
    List<Closeable> sockets = held.remove(container);
    if (sockets != null) {
      sockets.forEach(HostPorts::close);
    }
  }

  /** Gives all ports back. */
  void releaseAll() {
    List.copyOf(held.keySet()).forEach(this::release);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not close", e);
    }
  }
}
