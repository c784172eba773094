package io.kuber.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * The last handler of an HTTP/2 connection. A client that resets it is no news; without this
 * handler Netty logs a warning with a stack trace.
 */
final class ConnectionEnd extends ChannelInboundHandlerAdapter {
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Outbound.close(context);
  }
}
