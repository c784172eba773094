package io.kuber.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;

/**
 * A WebSocket whose binary messages carry the bytes of SPDY. Not the JDK's, which refuses
 * subprotocols with a slash in their name.
 */
final class WebSocketWire implements SpdyClient.Wire {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int LAST_FRAME = 0x80;
  private static final int MASKED = 0x80;
  private static final int CONTINUATION = 0;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int SHORT_LENGTH = 126;
  private static final int MOST_OF_SHORT_LENGTH = 0xffff;
  private static final int LONG_LENGTH = 127;

  private final Socket socket;
  private final DataInputStream in;
  private final String answer;

  WebSocketWire(int port, String target, String subprotocol) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    answer =
        SocketWire.answer(
            socket,
            """
            GET %s HTTP/1.1
            Host: test
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            Sec-WebSocket-Protocol: %s

            """
                .formatted(target, subprotocol)
                .replace("\n", "\r\n"));
  }

  @Override
  public String answer() {
    return answer;
  }

  /** One frame; its mask is all zeros, which changes nothing. */
  @Override
  public void send(byte[] bytes) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(frame);
    out.writeByte(LAST_FRAME | BINARY);
    if (bytes.length < SHORT_LENGTH) {
      out.writeByte(MASKED | bytes.length);
    } else if (bytes.length <= MOST_OF_SHORT_LENGTH) {
      out.writeByte(MASKED | SHORT_LENGTH);
      out.writeShort(bytes.length);
    } else {
      out.writeByte(MASKED | LONG_LENGTH);
      out.writeLong(bytes.length);
    }
    out.writeInt(0);
    out.write(bytes);
    socket.getOutputStream().write(frame.toByteArray());
  }

  @Override
  public byte[] receive() throws IOException {
    while (true) {
      int kind = in.readUnsignedByte() & 0xf;
      int length = in.readUnsignedByte();
      if (length == SHORT_LENGTH) {
        length = in.readUnsignedShort();
      } else if (length == LONG_LENGTH) {
        length = Math.toIntExact(in.readLong());
      }
      byte[] payload = in.readNBytes(length);
      if (kind == CLOSE) {
        throw new EOFException("the server closed the WebSocket");
      }
      if (kind == BINARY || kind == CONTINUATION) {
        return payload;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
