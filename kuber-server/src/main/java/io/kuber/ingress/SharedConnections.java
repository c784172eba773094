package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.kuber.ingress.route.Place;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections of HTTP/2 without TLS, one per place, which all requests of the event loop share.
 * Belongs to that loop.
 */
final class SharedConnections {
  private final EventLoop loop;
  private final Dialer dialer;
  private final Map<Place, Shared> connections = new HashMap<>();

  SharedConnections(EventLoop loop, Dialer dialer) {
    this.loop = loop;
    this.dialer = dialer;
  }

  Future<Upstream> open(Place place) {
    Promise<Upstream> opened = loop.newPromise();
    Shared shared = connections.computeIfAbsent(place, Shared::new);
    shared.dialled.addListener(
        done -> {
          if (done.isSuccess()) {
            shared.openStream(opened);
          } else {
            connections.remove(place, shared);
            opened.setFailure(done.cause());
          }
        });
    return opened;
  }

  /** One connection, and how many streams it has. */
  private final class Shared {
    private final Place place;
    private final Future<Channel> dialled;
    private int streams;
    private @Nullable Future<?> end;

    Shared(Place place) {
      this.place = place;
      this.dialled = dialer.dial(loop, place, new Initializer());
      dialled.addListener(
          done -> {
            if (done.isSuccess()) {
              dialled.getNow().closeFuture().addListener(any -> connections.remove(place, this));
            }
          });
    }

    void openStream(Promise<Upstream> opened) {
      begin();
      new Http2StreamChannelBootstrap(dialled.getNow())
          .handler(new StreamInitializer())
          .open()
          .addListener(
              (Future<Http2StreamChannel> done) -> {
                if (done.isSuccess()) {
                  Http2StreamChannel stream = done.getNow();
                  stream.closeFuture().addListener(closed -> end());
                  opened.setSuccess(new Stream(stream));
                } else {
                  connections.remove(place, this);
                  end();
                  opened.setFailure(done.cause());
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
        end =
            loop.schedule(
                () -> {
                  connections.remove(place, this);
                  Outbound.close(dialled.getNow());
                },
                IngressLimits.KEPT_FOR.toNanos(),
                TimeUnit.NANOSECONDS);
      }
    }
  }

  /** What a connection speaks. */
  private static final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              Http2FrameCodecBuilder.forClient()
                  .initialSettings(
                      Http2Settings.defaultSettings()
                          .pushEnabled(false)
                          .maxHeaderListSize(IngressLimits.HEADER_BYTES)
                          .initialWindowSize(IngressLimits.STREAM_WINDOW_BYTES))
                  .build());
      channel.pipeline().addLast(new Http2MultiplexHandler(new Nobody()));
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
