package io.kuber.node.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Tells every TCP client a name and the client's address, then hangs up: {@code b1 10.0.0.1}. */
public final class EchoServer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 3000;

  private final ServerSocket socket;

  private EchoServer(ServerSocket socket) {
    this.socket = socket;
  }

  /** Listens on all addresses of a namespace. */
  public static EchoServer start(TestNamespace where, int port, String name) {
    ServerSocket socket =
        where.call(() -> new ServerSocket(port, 50, InetAddress.getByName("0.0.0.0")));
    EchoServer server = new EchoServer(socket);
    Thread thread = new Thread(() -> server.serve(name), "echo-" + name);
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private void serve(String name) {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        String answer = name + " " + client.getInetAddress().getHostAddress();
        client.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException closedOrGone) {
        // The next client decides.
      }
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** What a server says to a client in a namespace. */
  public static String ask(TestNamespace from, String address, int port) {
    return from.call(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
          }
        });
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError("closing a listener", e);
    }
  }
}
