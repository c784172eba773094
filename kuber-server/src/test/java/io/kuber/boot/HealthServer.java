package io.kuber.boot;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A server of grpc.health.v1.Health without TLS: service {@code up} and the server as a whole
 * serve, {@code down} does not, others are not known. Frames, header compression and flow control
 * are Netty's, so that a client that gets them wrong is refused.
 */
final class HealthServer implements AutoCloseable {
  private static final int CLOSE_SECONDS = 5;
  private static final int MESSAGE_HEADER_BYTES = 5;
  private static final int SERVING = 1;
  private static final int NOT_SERVING = 2;
  private static final String OK = "0";
  private static final String INVALID = "3";
  private static final String NOT_FOUND = "5";
  private static final String UNIMPLEMENTED = "12";

  private final EventLoopGroup loops;
  private final Channel listener;

  private HealthServer(EventLoopGroup loops, Channel listener) {
    this.loops = loops;
    this.listener = listener;
  }

  /** Listens at any free port of the calling thread's network. */
  static HealthServer start() throws InterruptedException {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connection())
            .bind(0)
            .sync()
            .channel();
    return new HealthServer(loops, listener);
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      connection
          .pipeline()
          .addLast(Http2FrameCodecBuilder.forServer().build())
          .addLast(
              new Http2MultiplexHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel call) {
                      call.pipeline().addLast(new Call());
                    }
                  }));
    }
  }

  /** One call, which is over when the client has said all. */
  private static final class Call extends SimpleChannelInboundHandler<Http2StreamFrame> {
    private final ByteBuf message = Unpooled.buffer();
    private boolean isCheck;

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        isCheck = isCheck(headers.headers());
      } else if (frame instanceof Http2DataFrame data) {
        message.writeBytes(data.content());
        if (data.isEndStream()) {
          answer(context);
        }
      }
    }

    private static boolean isCheck(Http2Headers headers) {
      return "POST".contentEquals(headers.method())
          && "/grpc.health.v1.Health/Check".contentEquals(headers.path())
          && headers.contains("te", "trailers")
          && String.valueOf(headers.get("content-type")).startsWith("application/grpc");
    }

    private void answer(ChannelHandlerContext context) {
      if (!isCheck) {
        end(context, UNIMPLEMENTED);
        return;
      }
      boolean whole =
          message.readableBytes() >= MESSAGE_HEADER_BYTES
              && message.getByte(0) == 0
              && message.getInt(1) == message.readableBytes() - MESSAGE_HEADER_BYTES;
      if (!whole) {
        end(context, INVALID);
        return;
      }
      switch (service()) {
        case "", "up" -> serve(context, SERVING);
        case "down" -> serve(context, NOT_SERVING);
        default -> end(context, NOT_FOUND);
      }
    }

    /** Field 1 of the request: a tag, a length, and as many bytes. */
    private String service() {
      int start = MESSAGE_HEADER_BYTES + 2;
      int length = message.readableBytes() - start;
      return length <= 0 ? "" : message.toString(start, length, StandardCharsets.UTF_8);
    }

    private static void serve(ChannelHandlerContext context, int status) {
      send(context, new DefaultHttp2HeadersFrame(response()));
      ByteBuf body = Unpooled.buffer().writeByte(0).writeInt(2).writeByte(1 << 3).writeByte(status);
      send(context, new DefaultHttp2DataFrame(body));
      Http2Headers trailers = new DefaultHttp2Headers().set("grpc-status", OK);
      send(context, new DefaultHttp2HeadersFrame(trailers, true));
    }

    /** An answer without a message is its own trailer. */
    private static void end(ChannelHandlerContext context, String status) {
      send(context, new DefaultHttp2HeadersFrame(response().set("grpc-status", status), true));
    }

    private static void send(ChannelHandlerContext context, Http2StreamFrame frame) {
      context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static Http2Headers response() {
      return new DefaultHttp2Headers().status("200").set("content-type", "application/grpc");
    }
  }
}
