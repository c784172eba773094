package io.kuber.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** A WebSocket: sends from any thread, receives on the event loop. */
final class NettyWebSocket extends SimpleChannelInboundHandler<WebSocketFrame>
    implements WebSocket, Upgraded {
  private final Channel channel;
  private final WebSocketListener listener;
  private final Outbox outbox;
  private final AtomicBoolean closing = new AtomicBoolean();

  NettyWebSocket(Channel channel, WebSocketListener listener) {
    this.channel = channel;
    this.listener = listener;
    this.outbox = new Outbox(channel);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame) {
      listener.onBinary(this, ByteBufUtil.getBytes(frame.content()));
    } else if (frame instanceof TextWebSocketFrame text) {
      listener.onText(this, text.text());
    } else if (frame instanceof PingWebSocketFrame) {
      Outbound.send(context, new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame close) {
      hangUp(close.statusCode());
    }
  }

  @Override
  public void windDown() {
    close(GOING_AWAY, "the server goes away");
  }

  @Override
  public void closed() {
    outbox.close();
    listener.onClose(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }

  @Override
  public void sendText(String text) {
    sendText(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void sendText(byte[] utf8) {
    send(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8)));
  }

  @Override
  public void sendBinary(byte[]... parts) {
    send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(parts)));
  }

  private void send(WebSocketFrame frame) {
    ByteBuf content = frame.content();
    boolean taken = outbox.offer(frame, content.readableBytes());
    if (!taken && !outbox.isClosed()) {
      Outbound.close(channel);
    }
  }

  @Override
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /** The client closes, or agrees to our closing. */
  private void hangUp(int status) {
    if (closing.compareAndSet(false, true)) {
      channel
          .writeAndFlush(new CloseWebSocketFrame(status < 0 ? NORMAL : status, ""))
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      Outbound.close(channel);
    }
  }

  /**
   * The event loop drains the outbox for all that was sent before it gets to the close. Then it is
   * the client's turn to agree: closing the connection on bytes that it still sends would reset it,
   * and the client would lose what it has not read.
   */
  @Override
  public void close(int status, String reason) {
    if (closing.compareAndSet(false, true)) {
      Outbound.execute(
          channel, () -> Outbound.send(channel, new CloseWebSocketFrame(status, reason)));
      setReading(true);
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
