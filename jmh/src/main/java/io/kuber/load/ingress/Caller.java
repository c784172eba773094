package io.kuber.load.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.kuber.load.Latencies;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** One connection that asks for the same again and again, each time once it has its answer. */
final class Caller implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final byte[] REQUEST =
      "GET /page HTTP/1.1\r\nHost: load.example\r\nAccept: */*\r\n\r\n".getBytes(ISO_8859_1);
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;

  Caller(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Asks until the time of {@link System#nanoTime} has come. */
  Latencies callUntil(long end) throws IOException {
    Latencies latencies = new Latencies();
    for (long now = System.nanoTime(); now < end; ) {
      socket.getOutputStream().write(REQUEST);
      readAnswer();
      long then = System.nanoTime();
      latencies.add(then - now);
      now = then;
    }
    return latencies;
  }

  private void readAnswer() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("answered " + status);
    }
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      length =
          lower.startsWith(LENGTH)
              ? Integer.parseInt(lower.substring(LENGTH.length()).strip())
              : length;
    }
    if (length < 0) {
      throw new IOException("an answer without its length");
    }
    in.skipNBytes(length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
