package io.kuber.node;

import io.kuber.api.PodConnection;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A TCP connection to a pod of this machine. */
record SocketConnection(Socket socket, InputStream input, OutputStream output)
    implements PodConnection {
  SocketConnection(Socket socket) throws IOException {
    this(socket, socket.getInputStream(), new HalfClosing(socket));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Closing it says that no more will come, and leaves the other direction open. */
  private static final class HalfClosing extends FilterOutputStream {
    private final Socket socket;

    HalfClosing(Socket socket) throws IOException {
      super(socket.getOutputStream());
      this.socket = socket;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      socket.shutdownOutput();
    }
  }
}
