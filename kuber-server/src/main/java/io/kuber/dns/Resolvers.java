package io.kuber.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.util.ReferenceCounted;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks other resolvers. Every question goes out from a socket, a port and an identifier of its own,
 * so that a stranger who wants to answer first has to guess all of them. Owned by the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Whether it worked shows in the answer's promise.
final class Resolvers {
  /** More questions than this wait at no time; the next ones fail at once. */
  private static final int MOST_WAITING = 512;

  private static final int LENGTH_BYTES = 2;

  /** What askers may offer to take with EDNS, and resolvers then send. */
  private static final int LONGEST_DATAGRAM = 4096;

  private final Duration patience;
  private final EventLoop loop;
  private int waiting;

  /**
   * @param patience how long each resolver has
   */
  Resolvers(Duration patience, EventLoop loop) {
    this.patience = patience;
    this.loop = loop;
  }

  /**
   * Asks one resolver after the other until one answers.
   *
   * @param servers those to ask, in turn
   * @param query whose identifier is replaced on the way and put back into the answer
   * @return the answer, or a failure when nobody answered in time
   */
  Promise<byte[]> ask(List<InetSocketAddress> servers, byte[] query, boolean overTcp) {
    Promise<byte[]> answer = loop.newPromise();
    if (waiting >= MOST_WAITING) {
      return answer.setFailure(new IllegalStateException(MOST_WAITING + " questions wait already"));
    }
    waiting++;
    answer.addListener(done -> waiting--);
    tryFirst(servers, query, overTcp, answer);
    return answer;
  }

  private void tryFirst(
      List<InetSocketAddress> servers, byte[] query, boolean overTcp, Promise<byte[]> answer) {
    if (servers.isEmpty()) {
      answer.tryFailure(new IllegalStateException("there is no resolver, or none has answered"));
      return;
    }
    Promise<byte[]> attempt = loop.newPromise();
    attempt.addListener(
        done -> {
          if (attempt.isSuccess()) {
            answer.trySuccess(attempt.getNow());
          } else {
            tryFirst(servers.subList(1, servers.size()), query, overTcp, answer);
          }
        });
    send(servers.get(0), query, overTcp, attempt);
  }

  private void send(
      InetSocketAddress resolver, byte[] query, boolean overTcp, Promise<byte[]> attempt) {
    int id = ThreadLocalRandom.current().nextInt(1 << 16);
    Expectation expectation = new Expectation(query, id, attempt);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(overTcp ? NioSocketChannel.class : NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (overTcp) {
                      listenTcp(channel, expectation);
                    } else {
                      listenUdp(channel, expectation);
                    }
                  }
                })
            .connect(resolver);
    Channel channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(withId(query, id)));
          } else {
            attempt.tryFailure(done.cause());
          }
        });
    var timer =
        loop.schedule(
            () -> attempt.tryFailure(new IllegalStateException(resolver + " is silent")),
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    attempt.addListener(
        done -> {
          timer.cancel(false);
          channel.close();
        });
  }

  static byte[] withId(byte[] message, int id) {
    byte[] copy = message.clone();
    copy[0] = (byte) (id >> 8);
    copy[1] = (byte) id;
    return copy;
  }

  /** An answer that is waited for, and how to know it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Expectation(byte[] query, int id, Promise<byte[]> attempt) {
    void take(ByteBuf message) {
      boolean isAnswer =
          message.readableBytes() >= DnsQuestion.HEADER_BYTES
              && message.getUnsignedShort(message.readerIndex()) == id
              && message.getByte(message.readerIndex() + 2) < 0;
      if (isAnswer) {
        int askersId = (query[0] & 0xff) << 8 | query[1] & 0xff;
        attempt.trySuccess(withId(ByteBufUtil.getBytes(message), askersId));
      }
    }
  }

  private static void listenUdp(Channel channel, Expectation expectation) {
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LONGEST_DATAGRAM));
    channel.pipeline().addLast(new Listener<>(DatagramPacket.class, expectation));
  }

  private static void listenTcp(Channel channel, Expectation expectation) {
    channel
        .pipeline()
        .addLast(
            new LengthFieldBasedFrameDecoder(
                DnsWriter.LONGEST_MESSAGE + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
            new LengthFieldPrepender(LENGTH_BYTES),
            new Listener<>(ByteBuf.class, expectation));
  }

  /** Hands what arrives to the one who waits. */
  private static final class Listener<T extends ReferenceCounted>
      extends SimpleChannelInboundHandler<T> {
    private final Expectation expectation;

    Listener(Class<T> type, Expectation expectation) {
      super(type);
      this.expectation = expectation;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, T message) {
      expectation.take(
          message instanceof DatagramPacket packet ? packet.content() : (ByteBuf) message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      expectation.attempt.tryFailure(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      expectation.attempt.tryFailure(new IllegalStateException("the resolver hung up"));
    }
  }
}
