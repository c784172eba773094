package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection on which client and pod have agreed to go on with another protocol,
 * such as WebSocket: bytes pass as they come. Belongs to the event loop.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
  private final Channel other;

  private Tunnel(Channel other) {
    this.other = other;
  }

  /** Joins both; what spoke HTTP leaves, and hands on what it had read ahead. */
  static void join(Channel client, ChannelHandler front, Channel upstream, ChannelHandler handler) {
    ChannelPipeline ours = client.pipeline();
    ours.addLast(still(), new Tunnel(upstream));
    ours.remove(front);
    ours.remove(FlowControlHandler.class);
    ours.remove(HttpServerCodec.class);
    ChannelPipeline theirs = upstream.pipeline();
    theirs.addLast(still(), new Tunnel(client));
    theirs.remove(handler);
    theirs.remove(HttpClientCodec.class);
    client.config().setAutoRead(true);
    upstream.config().setAutoRead(true);
    if (!client.isActive() || !upstream.isActive()) {
      Outbound.close(client);
      Outbound.close(upstream);
    }
  }

  private static IdleStateHandler still() {
    return new IdleStateHandler(0, 0, IngressLimits.TUNNEL_STILL.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!other.isActive()) {
      ReferenceCountUtil.release(message);
      return;
    }
    Outbound.send(other, message);
    if (!other.isWritable()) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    other.config().setAutoRead(context.channel().isWritable());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      Outbound.close(context);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}
