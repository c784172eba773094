package io.kuber.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdyWindowUpdateFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session of SPDY/3.1, server side: sends from any thread, receives on the event loop.
 *
 * <p>Flow control is that of the clients there are. Go's spdystream, which kubectl uses, neither
 * opens nor respects windows, so a server that kept to its side of them would fall silent after 64
 * KiB. Towards the client TCP paces therefore, by way of the outbox; from the client we open the
 * windows as the bytes are taken, for those who respect them, and stop reading the connection while
 * too many wait.
 */
final class NettySpdySession extends SimpleChannelInboundHandler<SpdyFrame>
    implements SpdySession, Upgraded {
  private static final int WHOLE_SESSION = 0;

  private final Channel channel;
  private final SpdyListener listener;
  private final Outbox outbox;
  private final Map<Integer, NettySpdyStream> streams = new ConcurrentHashMap<>();
  private final UnreadBytes unread = new UnreadBytes();
  private final AtomicBoolean closing = new AtomicBoolean();
  private int lastStream;

  NettySpdySession(Channel channel, SpdyListener listener) {
    this.channel = channel;
    this.listener = listener;
    this.outbox = new Outbox(channel);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, SpdyFrame frame) {
    if (frame instanceof SpdyDataFrame data) {
      receive(data);
    } else if (frame instanceof SpdySynStreamFrame opening) {
      open(opening);
    } else if (frame instanceof SpdyRstStreamFrame reset) {
      breakOff(reset.streamId());
    } else if (frame instanceof SpdyPingFrame ping) {
      send(ping, 0);
    } else if (frame instanceof SpdyGoAwayFrame) {
      close();
    }
  }

  private void open(SpdySynStreamFrame opening) {
    int id = opening.streamId();
    if (opening.isInvalid() || opening.isTruncated() || id % 2 == 0 || id <= lastStream) {
      send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.PROTOCOL_ERROR), 0);
    } else if (closing.get() || streams.size() >= HttpLimits.SPDY_STREAMS) {
      send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.REFUSED_STREAM), 0);
    } else {
      lastStream = id;
      accept(opening);
    }
  }

  private void accept(SpdySynStreamFrame opening) {
    NettySpdyStream stream = new NettySpdyStream(this, opening.streamId(), headersOf(opening));
    streams.put(stream.id(), stream);
    send(replyTo(stream), 0);
    if (opening.isLast()) {
      stream.endInput();
    }
    listener.onStream(stream);
  }

  /**
   * Not without a header, because Netty writes no headers as no bytes at all, and Go then waits for
   * the block of compressed headers to begin.
   */
  private static SpdySynReplyFrame replyTo(NettySpdyStream stream) {
    SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(stream.id());
    reply.headers().set("server", "kuber");
    return reply;
  }

  private static Headers headersOf(SpdySynStreamFrame opening) {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<CharSequence, CharSequence> header : opening.headers()) {
      pairs.add(header.getKey().toString());
      pairs.add(header.getValue().toString());
    }
    return Headers.of(pairs.toArray(new String[0]));
  }

  private void receive(SpdyDataFrame data) {
    int length = data.content().readableBytes();
    unread.came(length, channel.config()::setAutoRead);
    NettySpdyStream stream = streams.get(data.streamId());
    if (stream == null) {
      taken(WHOLE_SESSION, length);
      return;
    }
    stream.deliver(ByteBufUtil.getBytes(data.content()));
    if (data.isLast()) {
      stream.endInput();
    }
  }

  /** The reader of a stream took bytes; from any thread. */
  void taken(int stream, int count) {
    if (count == 0) {
      return;
    }
    unread.taken(count);
    if (streams.containsKey(stream)) {
      send(new DefaultSpdyWindowUpdateFrame(stream, count), 0);
    }
    send(new DefaultSpdyWindowUpdateFrame(WHOLE_SESSION, count), 0);
  }

  private void breakOff(int id) {
    NettySpdyStream stream = streams.remove(id);
    if (stream != null) {
      stream.breakOff("the client reset the stream");
    }
  }

  /** Sends a frame with so many bytes of data; from any thread. */
  void send(SpdyFrame frame, int bytes) {
    if (!outbox.offer(frame, bytes) && !outbox.isClosed()) {
      Outbound.close(channel);
    }
  }

  /** A stream is over; from any thread. */
  void forget(int id) {
    streams.remove(id);
    if (streams.isEmpty() && closing.get()) {
      Outbound.execute(channel, () -> Outbound.close(channel));
    }
  }

  @Override
  public void windDown() {
    close();
  }

  @Override
  public void closed() {
    outbox.close();
    streams.values().forEach(stream -> stream.breakOff("the client is gone"));
    streams.clear();
    listener.onClose();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }

  /**
   * The event loop drains the outbox for all that was sent before it gets to the close. While
   * streams are open, it is the client's turn to end them: closing the connection on bytes that it
   * still sends would reset it, and the client would lose what it has not read.
   */
  @Override
  public void close() {
    if (closing.compareAndSet(false, true)) {
      Outbound.execute(channel, this::goAway);
    }
  }

  private void goAway() {
    ChannelFuture sent =
        channel.writeAndFlush(new DefaultSpdyGoAwayFrame(lastStream, SpdySessionStatus.OK));
    if (streams.isEmpty()) {
      sent.addListener(ChannelFutureListener.CLOSE);
    } else {
      channel.config().setAutoRead(true);
      Outbound.schedule(channel, HttpLimits.CLOSE_GRACE, () -> Outbound.close(channel));
    }
  }

  @Override
  public boolean isWritable() {
    return outbox.isWritable();
  }

  @Override
  public long pendingBytes() {
    return outbox.pendingBytes();
  }

  @Override
  public void onWritable(Runnable action) {
    outbox.onWritable(action);
  }

  @Override
  public boolean isClosed() {
    return outbox.isClosed() || closing.get();
  }
}
