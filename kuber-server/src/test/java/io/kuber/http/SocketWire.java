package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** A connection that was upgraded to SPDY. */
final class SocketWire implements SpdyClient.Wire {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final String answer;

  SocketWire(int port, String target, String... headers) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    StringBuilder request =
        new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Upgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n");
    answer = answer(socket, request.toString());
  }

  /** Sends the head of a request and gives that of its answer. */
  static String answer(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(UTF_8));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("the server closed the connection after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public String answer() {
    return answer;
  }

  @Override
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public byte[] receive() throws IOException {
    byte[] buffer = new byte[64 << 10];
    int count = socket.getInputStream().read(buffer);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    return Arrays.copyOf(buffer, count);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
