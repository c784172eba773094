package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.kuber.ingress.route.Place;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/2, and how many streams it has. It counts as there once the pod has sent
 * its settings, which say how many it may have (RFC 9113, 3.4 and 5.1.2). Belongs to the event
 * loop.
 */
final class SharedConnection {
  private final EventLoop loop;
  private final Runnable whenFree;
  private final Promise<Void> ready;
  private final Promise<Void> leaving;
  private final Http2FrameCodec codec =
      Http2FrameCodecBuilder.forClient()
          .initialSettings(
              Http2Settings.defaultSettings()
                  .pushEnabled(false)
                  .maxHeaderListSize(IngressLimits.HEADER_BYTES)
                  .initialWindowSize(IngressLimits.STREAM_WINDOW_BYTES))
          .build();
  private @Nullable Channel channel;
  private int streams;
  private @Nullable Future<?> end;

  /**
   * @param whenFree called whenever there may be room for one more stream
   */
  SharedConnection(EventLoop loop, Runnable whenFree) {
    this.loop = loop;
    this.whenFree = whenFree;
    this.ready = loop.newPromise();
    this.leaving = loop.newPromise();
  }

  /** Connects; the outcome is there within twice {@link IngressLimits#CONNECT}. */
  Future<Void> dial(Dialer dialer, Place place) {
    Future<Channel> connecting = dialer.dial(loop, place, new Initializer());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connected(connecting.getNow(), place);
          } else {
            ready.tryFailure(done.cause());
          }
        });
    return ready;
  }

  private void connected(Channel there, Place place) {
    channel = there;
    var patience =
        loop.schedule(
            () -> ready.tryFailure(new IllegalStateException(place + " does not speak HTTP/2")),
            IngressLimits.CONNECT.toNanos(),
            TimeUnit.NANOSECONDS);
    there.closeFuture().addListener(closed -> gone());
    ready.addListener(
        done -> {
          patience.cancel(false);
          if (!done.isSuccess()) {
            Outbound.close(there);
          }
        });
  }

  private void gone() {
    ready.tryFailure(new IllegalStateException("the pod ended the connection"));
    leaving.trySuccess(null);
  }

  /** Runs once no stream can be opened here any more. */
  void whenLeaving(Runnable action) {
    leaving.addListener(left -> action.run());
  }

  /** Whether the pod takes one more stream, and we want one more here. */
  boolean hasRoom() {
    int most =
        Math.min(
            codec.connection().local().maxActiveStreams(), IngressLimits.STREAMS_PER_CONNECTION);
    // A stream that nobody uses any more may take the codec a moment to close.
    int taken = Math.max(streams, codec.connection().local().numActiveStreams());
    return !leaving.isDone() && taken < most;
  }

  /** Opens a stream for whoever waits for {@code opened}, who may have given up since. */
  void openStream(Promise<Upstream> opened) {
    Channel there = channel;
    if (there == null) {
      throw new IllegalStateException("the connection is not there yet");
    }
    begin();
    new Http2StreamChannelBootstrap(there)
        .handler(new StreamInitializer())
        .open()
        .addListener(
            (Future<Http2StreamChannel> done) -> {
              if (done.isSuccess()) {
                Http2StreamChannel stream = done.getNow();
                stream.closeFuture().addListener(closed -> end());
                if (!opened.trySuccess(new Stream(stream))) {
                  Outbound.close(stream);
                }
              } else {
                leaving.trySuccess(null);
                end();
                opened.tryFailure(done.cause());
              }
            });
  }

  private void begin() {
    streams++;
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  private void end() {
    streams--;
    if (streams == 0 && !loop.isShuttingDown()) {
      end = loop.schedule(this::rest, IngressLimits.KEPT_FOR.toNanos(), TimeUnit.NANOSECONDS);
    }
    loop.execute(whenFree);
  }

  /** Nobody wanted it for a while. */
  private void rest() {
    leaving.trySuccess(null);
    if (channel != null) {
      Outbound.close(channel);
    }
  }

  /** What a connection speaks. */
  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      codec
          .connection()
          .addListener(
              new Http2ConnectionAdapter() {
                @Override
                public void onStreamClosed(Http2Stream closed) {
                  loop.execute(whenFree);
                }
              });
      connection
          .pipeline()
          .addLast(codec, new Http2MultiplexHandler(new Nobody()), new Announcements());
    }
  }

  /** What a pod says about the connection as a whole. */
  private final class Announcements extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2SettingsFrame) {
        ready.trySuccess(null);
        whenFree.run();
      } else if (message instanceof Http2GoAwayFrame) {
        leaving.trySuccess(null);
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Outbound.close(context);
    }
  }

  /** A pod that begins a stream of its own is told that nobody asked for it. */
  private static final class Nobody extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      Outbound.close(stream);
    }
  }

  /** What a stream speaks: HTTP/1.1, for whoever is on it. */
  private static final class StreamInitializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false));
    }
  }

  /** One stream. */
  private static final class Stream extends Upstream {
    Stream(Channel channel) {
      super(channel);
    }

    @Override
    boolean isUsed() {
      return false;
    }

    @Override
    void giveBack(ChannelHandler handler, boolean complete) {
      Outbound.close(channel());
    }
  }
}
