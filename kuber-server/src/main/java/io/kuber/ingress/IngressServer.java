package io.kuber.ingress;

import io.kuber.http.TlsConfig;
import io.kuber.ingress.route.RouteTable;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A reverse proxy for Ingresses on two ports, one with TLS. Lives from {@link #start} to {@link
 * #close}; its methods may be called from any thread.
 */
public final class IngressServer implements AutoCloseable {
  private static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Gate gate;
  private final Dialer dialer;
  private final EventLoopGroup loops;
  private final ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel plain;
  private final Channel secure;

  private IngressServer(IngressConfig config) throws IOException {
    dialer = new Dialer();
    gate = new Gate(config, dialer);
    loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("ingress", true), NioIoHandler.newFactory());
    try {
      plain = listen(config.plain(), false);
      secure = listen(config.secure(), true);
    } catch (IOException e) {
      close();
      throw e;
    }
    gate.isSecureAt(secureAddress().getPort());
  }

  /**
   * Starts to listen; every request is answered 404 until the first {@link #update}.
   *
   * @throws IOException when an address cannot be listened on; the message names it
   */
  public static IngressServer start(IngressConfig config) throws IOException {
    return new IngressServer(config);
  }

  private Channel listen(InetSocketAddress address, boolean isSecure) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, IngressLimits.ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new FrontSetup(gate, isSecure))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + address, bound.cause());
    }
    listeners.add(bound.channel());
    return bound.channel();
  }

  /** Where clients come without TLS. */
  public InetSocketAddress plainAddress() {
    return (InetSocketAddress) plain.localAddress();
  }

  /** Where clients come with TLS. */
  public InetSocketAddress secureAddress() {
    return (InetSocketAddress) secure.localAddress();
  }

  /**
   * From now on requests go by those routes; those under way are not disturbed.
   *
   * @param certificates what Secrets hold, by {@code namespace/name}; hosts whose Secret is not
   *     among them are shown the fallback
   * @throws IllegalArgumentException when a key and its certificate do not fit TLS; nothing changes
   */
  public void update(RouteTable routes, Map<String, TlsConfig> certificates) {
    gate.lead(routes, gate.certificates().with(routes, certificates));
  }

  /** Listens no more, and cuts off what is under way after {@link IngressLimits#CLOSE_GRACE}. */
  @Override
  public void close() {
    listeners.close().awaitUninterruptibly();
    dialer.close();
    loops
        .shutdownGracefully(0, IngressLimits.CLOSE_GRACE.toSeconds(), TimeUnit.SECONDS)
        .awaitUninterruptibly();
  }
}
