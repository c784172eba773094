package io.kuber.http;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small SPDY client for one thread: Netty's codec on what carries bytes, and nothing else. */
public final class SpdyClient implements AutoCloseable {
  private final Wire wire;
  private final EmbeddedChannel codec =
      new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
  private final Map<Integer, ByteArrayOutputStream> data = new HashMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private final Set<Integer> replied = new HashSet<>();
  private final List<Integer> pings = new ArrayList<>();
  private long windowOpened;
  private int nextStream = 1;

  private SpdyClient(Wire wire) {
    this.wire = wire;
  }

  /** Upgrades a connection with the given headers. */
  public SpdyClient(int port, String target, String... headers) throws IOException {
    this(new SocketWire(port, target, headers));
  }

  /** Opens a WebSocket whose binary messages carry the bytes. */
  public static SpdyClient inWebSocket(int port, String target, String subprotocol)
      throws IOException {
    return new SpdyClient(new WebSocketWire(port, target, subprotocol));
  }

  /** What carries the bytes of a session. */
  interface Wire {
    /** The head of the answer to the upgrade. */
    String answer();

    void send(byte[] bytes) throws IOException;

    /** The next bytes of the server; waits for them. */
    byte[] receive() throws IOException;

    void close() throws IOException;
  }

  /** The head of the server's answer to the upgrade. */
  public String answer() {
    return wire.answer();
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
      wire.send(ByteBufUtil.getBytes(out));
      out.release();
    }
  }

  private void receive() throws IOException {
    codec.writeInbound(Unpooled.wrappedBuffer(wire.receive()));
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
    wire.close();
  }
}
