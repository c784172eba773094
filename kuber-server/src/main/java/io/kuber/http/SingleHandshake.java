package io.kuber.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes connections whose clients want one handshake after another, each of which costs the server
 * far more than them (RFC 5246, 7.4.1.1). Stands before TLS and reads the headers of its records,
 * which are never encrypted: behind the change of ciphers there is one more record of the
 * handshake, the client's {@code Finished}. TLS 1.3 has no such thing; there, at most a second
 * greeting comes behind that change.
 *
 * <p>On the event loop of its connection.
 */
final class SingleHandshake extends ChannelInboundHandlerAdapter {
  private static final int HEADER_BYTES = 5;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private int header;
  private int type;
  private int length;
  private boolean changed;
  private boolean finished;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && asksAgain(bytes)) {
      ReferenceCountUtil.release(message);
      Outbound.close(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  private boolean asksAgain(ByteBuf bytes) {
    int at = bytes.readerIndex();
    while (at < bytes.writerIndex()) {
      if (header < HEADER_BYTES) {
        read(bytes.getUnsignedByte(at++));
        if (header == HEADER_BYTES && isAnotherHandshake()) {
          return true;
        }
      } else {
        int rest = Math.min(length, bytes.writerIndex() - at);
        at += rest;
        length -= rest;
      }
      if (header == HEADER_BYTES && length == 0) {
        header = 0;
      }
    }
    return false;
  }

  /** The type, two bytes of version, and two of length. */
  private void read(int next) {
    switch (header++) {
      case 0 -> type = next;
      case 3 -> length = next << Byte.SIZE;
      case 4 -> length |= next;
      default -> {}
    }
  }

  private boolean isAnotherHandshake() {
    if (type == CHANGE_CIPHER_SPEC) {
      changed = true;
    } else if (type == HANDSHAKE && changed) {
      boolean again = finished;
      finished = true;
      return again;
    }
    return false;
  }
}
