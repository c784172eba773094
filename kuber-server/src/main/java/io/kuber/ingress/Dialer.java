package io.kuber.ingress;

import com.google.common.net.InetAddresses;
import io.kuber.http.Outbound;
import io.kuber.ingress.route.Place;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Connects to pods, and to what Services of type ExternalName name. For any thread. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Dialer implements AutoCloseable {
  /** The JDK's lookups block, so that they have a thread of their own. */
  private final EventExecutorGroup lookups =
      new DefaultEventExecutorGroup(
          1,
          new DefaultThreadFactory("ingress-lookup", true),
          IngressLimits.LOOKUPS,
          RejectedExecutionHandlers.reject());

  /** Connects on the loop; the future is the loop's too. */
  Future<Channel> dial(EventLoop loop, Place place, ChannelInitializer<Channel> initializer) {
    Promise<Channel> connected = loop.newPromise();
    if (InetAddresses.isInetAddress(place.host())) {
      connect(
          loop,
          new InetSocketAddress(InetAddresses.forString(place.host()), place.port()),
          initializer,
          connected);
      return connected;
    }
    try {
      lookups.execute(
          () -> {
            InetSocketAddress found = new InetSocketAddress(place.host(), place.port());
            loop.execute(() -> connect(loop, found, initializer, connected));
          });
    } catch (RejectedExecutionException tooMany) {
      connected.setFailure(tooMany);
    }
    return connected;
  }

  private static void connect(
      EventLoop loop,
      InetSocketAddress address,
      ChannelInitializer<Channel> initializer,
      Promise<Channel> connected) {
    ChannelFuture future =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) IngressLimits.CONNECT.toMillis())
            .handler(initializer)
            .connect(address);
    future.addListener(
        done -> {
          if (!done.isSuccess()) {
            connected.setFailure(done.cause());
          } else if (!connected.trySuccess(future.channel())) {
            Outbound.close(future.channel());
          }
        });
  }

  @Override
  public void close() {
    lookups.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
