package io.kuber.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small SPDY client on a blocking socket, for one thread: Netty's codec and nothing else. */
public final class SpdyClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
  private final Map<Integer, ByteArrayOutputStream> data = new HashMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Set<Integer> replied = new HashSet<>();
  private final List<Integer> pings = new ArrayList<>();
  private long windowOpened;
  private int nextStream = 1;
  private final String answer;

  /** Upgrades with the given headers. */
  public SpdyClient(int port, String target, String... headers) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    StringBuilder request =
        new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Upgrade: SPDY/3.1\r\nContent-Length: 0\r\n\r\n");
    socket.getOutputStream().write(request.toString().getBytes(UTF_8));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) socket.getInputStream().read());
    }
    answer = head.toString();
  }

  /** The head of the server's answer to the upgrade. */
  public String answer() {
    return answer;
  }

  /** Opens a stream and gives its number. */
  public int open(String... namesAndValues) throws IOException {
    SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(nextStream, 0, (byte) 0);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      frame.headers().set(namesAndValues[i], namesAndValues[i + 1]);
    }
    send(frame);
    nextStream += 2;
    return nextStream - 2;
  }

  /** Sends bytes on a stream. */
  public void send(int stream, byte[] bytes, boolean last) throws IOException {
    DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes));
    frame.setLast(last);
    send(frame);
  }

  /** Sends a ping and waits for its echo. */
  public void ping(int id) throws IOException {
    send(new DefaultSpdyPingFrame(id));
    while (!pings.contains(id)) {
      receive();
    }
  }

  /** Everything the server sends on a stream until it ends it. */
  public byte[] readAll(int stream) throws IOException {
    while (!ended.contains(stream)) {
      receive();
    }
    return bytes(stream).toByteArray();
  }

  /** Whether the server accepted a stream, as far as has been read. */
  public boolean isAccepted(int stream) {
    return replied.contains(stream);
  }

  /** By how many bytes the server has opened the window of the session, as far as has been read. */
  public long windowOpened() {
    return windowOpened;
  }

  private ByteArrayOutputStream bytes(int stream) {
    return data.computeIfAbsent(stream, number -> new ByteArrayOutputStream());
  }

  private void send(SpdyFrame frame) throws IOException {
    codec.writeOutbound(frame);
    for (ByteBuf out = codec.readOutbound(); out != null; out = codec.readOutbound()) {
      socket.getOutputStream().write(ByteBufUtil.getBytes(out));
      out.release();
    }
  }

  private void receive() throws IOException {
    byte[] buffer = new byte[64 << 10];
    int count = socket.getInputStream().read(buffer);
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    codec.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
    for (Object frame = codec.readInbound(); frame != null; frame = codec.readInbound()) {
      take(frame);
    }
  }

  private void take(Object frame) {
    if (frame instanceof SpdyDataFrame part) {
      bytes(part.streamId()).writeBytes(ByteBufUtil.getBytes(part.content()));
      if (part.isLast()) {
        ended.add(part.streamId());
      }
      part.release();
    } else if (frame instanceof SpdySynReplyFrame reply) {
      replied.add(reply.streamId());
    } else if (frame instanceof SpdyPingFrame ping) {
      pings.add(ping.id());
    } else if (frame instanceof SpdyWindowUpdateFrame update && update.streamId() == 0) {
      windowOpened += update.deltaWindowSize();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
