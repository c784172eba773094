package io.kuber.dns;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions in datagrams. */
@SuppressWarnings("FutureReturnValueIgnored") // An asker that is gone needs no answer.
final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramHandler.class);

  private final DnsResponder responder;

  DatagramHandler(DnsResponder responder) {
    this.responder = responder;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    byte[] query = ByteBufUtil.getBytes(packet.content());
    var asker = packet.sender();
    responder.respond(
        query,
        false,
        answer -> context.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(answer), asker)));
  }

  /** An asker that went away is no reason to stop listening. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a DNS datagram failed", cause);
  }
}
