package io.kuber.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** All servers on the loopback device of this machine; nothing can be cut. */
final class LoopbackNetwork implements Network {
  private final List<String> addresses = new ArrayList<>();

  LoopbackNetwork(int servers) {
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (int i = 0; i < servers; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        taken.add(socket);
        addresses.add("127.0.0.1:" + socket.getLocalPort());
      }
      for (ServerSocket socket : taken) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> addresses() {
    return List.copyOf(addresses);
  }

  @Override
  public List<String> entrance(int server) {
    return List.of();
  }

  @Override
  public void cut(int from, int to) {
    throw new UnsupportedOperationException("cutting the network needs root");
  }

  @Override
  public void heal() {}

  @Override
  public void close() {}
}
