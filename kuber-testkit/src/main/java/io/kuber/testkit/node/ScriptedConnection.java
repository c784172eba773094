package io.kuber.testkit.node;

import io.kuber.api.PodConnection;
import io.kuber.api.PodRef;
import io.kuber.testkit.node.script.PodPort;
import io.kuber.testkit.node.script.PortScript;
import io.kuber.testkit.node.script.PortScript.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection into a pod, whose other end is a script or a socket of this machine. Streams are
 * those of sockets, so that whoever blocks on them is woken when it ends.
 */
final class ScriptedConnection implements PodConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptedConnection.class);

  private final Socket socket;

  private ScriptedConnection(Socket socket) {
    this.socket = socket;
  }

  /** To what listens; scripts talk on a thread that {@code threads} has. */
  static PodConnection to(PodPort target, PodRef pod, int port, Executor threads)
      throws IOException {
    return target instanceof PodPort.Scripted scripted
        ? to(scripted.script(), pod, port, threads)
        : new ScriptedConnection(
            new Socket(InetAddress.getLoopbackAddress(), ((PodPort.Local) target).port()));
  }

  private static PodConnection to(PortScript script, PodRef pod, int port, Executor threads)
      throws IOException {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(door.getInetAddress(), door.getLocalPort());
      Socket server = door.accept();
      if (server.getPort() != client.getLocalPort()) {
        server.close();
        client.close();
        throw new IOException("somebody else came through the door of port " + port);
      }
      threads.execute(() -> serve(script, pod, port, server));
      return new ScriptedConnection(client);
    }
  }

  private static void serve(PortScript script, PodRef pod, int port, Socket socket) {
    try (socket) {
      script.serve(new Call(pod, port, socket.getInputStream(), socket.getOutputStream()));
    } catch (IOException e) {
      LOG.debug("a connection to port {} of {} broke", port, pod.name(), e);
    }
  }

  @Override
  public InputStream input() {
    try {
      return socket.getInputStream();
    } catch (IOException closed) {
      return InputStream.nullInputStream();
    }
  }

  @Override
  public OutputStream output() {
    return new HalfClosing(socket);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** The sending half of a socket; its end is not the end of the other half. */
  private static final class HalfClosing extends OutputStream {
    private final Socket socket;

    HalfClosing(Socket socket) {
      this.socket = socket;
    }

    @Override
    public void write(int value) throws IOException {
      socket.getOutputStream().write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!socket.isClosed() && !socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    }
  }
}
