package io.kuber.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** The frames of HTTP/2 on a blocking socket, for one thread. */
final class Http2Wire implements AutoCloseable {
  static final int PING = 6;
  static final int GO_AWAY = 7;

  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int END_OF_STREAM_AND_HEADERS = 5;
  private static final int CANCEL = 8;

  /** GET, https and / by their indices in the static table of HPACK, and an authority. */
  private static final byte[] REQUEST = {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x01, 0x01, 'a'};

  private final SSLSocket socket;
  private final OutputStream out;

  Http2Wire(Certificates authority, int port) throws Exception {
    socket =
        (SSLSocket)
            Certificates.anonymous(authority).getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    out = socket.getOutputStream();
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.write(frame(SETTINGS, 0, 0, new byte[0]));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .putInt((payload.length << 8) | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** The server may hang up in the middle. */
  private void send(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
    } catch (SocketException hungUp) {
      // What it said before is there to be read.
    }
  }

  void openAndReset(int times) throws IOException {
    byte[] cancel = ByteBuffer.allocate(4).putInt(CANCEL).array();
    for (int stream = 1; stream < 2 * times; stream += 2) {
      send(frame(HEADERS, END_OF_STREAM_AND_HEADERS, stream, REQUEST));
      send(frame(RESET, 0, stream, cancel));
    }
  }

  /** A request without a body whose headers are these names and values, just as they are. */
  void request(int stream, String... headers) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < headers.length; i += 2) {
      block.write(0);
      for (String text : List.of(headers[i], headers[i + 1])) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        block.write(bytes.length);
        block.writeBytes(bytes);
      }
    }
    send(frame(HEADERS, END_OF_STREAM_AND_HEADERS, stream, block.toByteArray()));
  }

  void ping() throws IOException {
    send(frame(PING, 0, 0, new byte[8]));
  }

  /** The types of all frames up to the first answer of a type, or to the end. */
  List<Integer> framesUntil(int wanted) throws IOException {
    List<Integer> types = new ArrayList<>();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    try {
      while (!types.contains(wanted)) {
        int head = in.readInt();
        in.skipNBytes(5 + (head >>> 8));
        types.add(head & 0xff);
      }
    } catch (EOFException | SocketException end) {
      // As good as an end.
    }
    return types;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
