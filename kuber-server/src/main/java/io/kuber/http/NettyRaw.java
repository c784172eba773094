package io.kuber.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** Bytes of a protocol that somebody else reads: sends from any thread, receives on the loop. */
final class NettyRaw extends SimpleChannelInboundHandler<ByteBuf>
    implements RawConnection, Upgraded {
  private final Channel channel;
  private final RawListener listener;
  private final Outbox outbox;

  NettyRaw(Channel channel, RawListener listener) {
    this.channel = channel;
    this.listener = listener;
    this.outbox = new Outbox(channel);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
    listener.onBytes(this, ByteBufUtil.getBytes(bytes));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }

  @Override
  public void write(byte[] bytes) {
    boolean taken = outbox.offer(Unpooled.wrappedBuffer(bytes), bytes.length);
    if (!taken && !outbox.isClosed()) {
      Outbound.close(channel);
    }
  }

  @Override
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /** An empty message behind all others, whose sending closes. */
  @Override
  public void close() {
    Outbound.execute(
        channel,
        () ->
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
  }

  @Override
  public void windDown() {
    close();
  }

  @Override
  public void closed() {
    outbox.close();
    listener.onClose();
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
    return outbox.isClosed();
  }
}
