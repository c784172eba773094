package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;

/** Hands a request what its pod says. Belongs to the event loop. */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {
  private final Forwarding forwarding;

  UpstreamHandler(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      forwarding.answer(response);
    }
    if (message instanceof HttpContent content) {
      forwarding.answerBody(content);
    } else if (!(message instanceof HttpResponse)) {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    forwarding.answerPaused();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable()) {
      forwarding.upstreamWritable();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    forwarding.upstreamGone();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}
