package io.kuber.ingress;

import io.kuber.http.Outbound;
import io.kuber.ingress.route.Place;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Connections of HTTP/1.1: each serves one request at a time and is kept for a while behind it.
 * Belongs to the event loop.
 */
final class KeptConnections {
  private final EventLoop loop;
  private final Dialer dialer;
  private final @Nullable SslContext tls;
  private final Map<Place, Deque<Kept>> kept = new HashMap<>();

  KeptConnections(EventLoop loop, Dialer dialer, boolean isSecure) {
    this.loop = loop;
    this.dialer = dialer;
    this.tls = isSecure ? trustingAll() : null;
  }

  /** Pods have certificates of their own making, which nobody could vouch for. */
  private static SslContext trustingAll() {
    try {
      return SslContextBuilder.forClient()
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("there is no TLS", e);
    }
  }

  Future<Upstream> open(Place place, boolean anew) {
    Kept last = anew ? null : take(place);
    if (last != null) {
      return loop.newSucceededFuture(new Connection(place, last.channel, true));
    }
    Promise<Upstream> opened = loop.newPromise();
    Future<Channel> dialled = dialer.dial(loop, place, new Initializer(place));
    dialled.addListener(
        done -> {
          if (done.isSuccess()) {
            opened.setSuccess(new Connection(place, dialled.getNow(), false));
          } else {
            opened.setFailure(done.cause());
          }
        });
    return opened;
  }

  private @Nullable Kept take(Place place) {
    Deque<Kept> idle = kept.get(place);
    if (idle == null) {
      return null;
    }
    Kept last = idle.pollLast();
    forgetIfEmpty(place, idle);
    if (last != null) {
      last.leave();
    }
    return last;
  }

  private void forgetIfEmpty(Place place, Deque<Kept> idle) {
    if (idle.isEmpty()) {
      kept.remove(place);
    }
  }

  private void keep(Place place, Channel channel) {
    Deque<Kept> idle = kept.computeIfAbsent(place, any -> new ArrayDeque<>());
    if (idle.size() >= IngressLimits.KEPT_PER_PLACE) {
      Outbound.close(channel);
      return;
    }
    Kept next = new Kept(place, channel);
    idle.addLast(next);
    channel.pipeline().addLast(next);
    channel.config().setAutoRead(true);
  }

  /** What a new connection speaks. */
  private final class Initializer extends ChannelInitializer<Channel> {
    private final Place place;

    Initializer(Place place) {
      this.place = place;
    }

    @Override
    protected void initChannel(Channel channel) {
      if (tls != null) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc(), place.host(), place.port()));
      }
      channel
          .pipeline()
          .addLast(
              new HttpClientCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(IngressLimits.REQUEST_LINE_BYTES)
                      .setMaxHeaderSize(IngressLimits.HEADER_BYTES),
                  false,
                  false));
    }
  }

  /** A connection at work. */
  private final class Connection extends Upstream {
    private final Place place;
    private final boolean used;

    Connection(Place place, Channel channel, boolean used) {
      super(channel);
      this.place = place;
      this.used = used;
    }

    @Override
    boolean isUsed() {
      return used;
    }

    @Override
    void giveBack(ChannelHandler handler, boolean complete) {
      if (complete && channel().isActive()) {
        channel().pipeline().remove(handler);
        keep(place, channel());
      } else {
        Outbound.close(channel());
      }
    }
  }

  /** A connection between requests: whatever its pod says now, it is no answer to anybody. */
  private final class Kept extends ChannelInboundHandlerAdapter {
    private final Place place;
    private final Channel channel;
    private final Future<?> end;

    Kept(Place place, Channel channel) {
      this.place = place;
      this.channel = channel;
      this.end =
          loop.schedule(
              () -> Outbound.close(channel),
              IngressLimits.KEPT_FOR.toNanos(),
              TimeUnit.NANOSECONDS);
    }

    void leave() {
      end.cancel(false);
      channel.pipeline().remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      Outbound.close(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end.cancel(false);
      Deque<Kept> idle = kept.get(place);
      if (idle != null) {
        idle.remove(this);
        forgetIfEmpty(place, idle);
      }
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Outbound.close(context);
    }
  }
}
