package io.kuber.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;

/** Questions of one TCP connection. */
@SuppressWarnings("FutureReturnValueIgnored") // An asker that is gone needs no answer.
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private final DnsResponder responder;

  StreamHandler(DnsResponder responder) {
    this.responder = responder;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
    responder.respond(
        ByteBufUtil.getBytes(message),
        true,
        answer -> context.writeAndFlush(Unpooled.wrappedBuffer(answer)));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
