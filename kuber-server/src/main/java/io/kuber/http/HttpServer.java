package io.kuber.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A listening HTTP server: HTTP/1.1, and with TLS also HTTP/2. Lives from {@link #start} to {@link
 * #close}; its methods may be called from any thread.
 */
public final class HttpServer implements AutoCloseable {
  private static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Serving serving;
  private final ConnectionInitializer initializer;
  private final EventLoopGroup loops;
  private final Channel listener;

  private HttpServer(
      Serving serving, ConnectionInitializer initializer, EventLoopGroup loops, Channel listener) {
    this.serving = serving;
    this.initializer = initializer;
    this.loops = loops;
    this.listener = listener;
  }

  /**
   * Starts to listen; requests go to {@code handler} from now on.
   *
   * @throws IOException when the address cannot be listened on
   */
  public static HttpServer start(HttpServerConfig config, Handler handler) throws IOException {
    Serving serving =
        new Serving(
            config,
            handler,
            new Workers("http-worker", HttpLimits.WORKERS),
            new Connections(config.connections()));
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
    ConnectionInitializer initializer = new ConnectionInitializer(serving);
    ChannelFuture bound = listen(config, initializer, loops);
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      serving.workers().close();
      throw new IOException("cannot listen on " + config.address(), bound.cause());
    }
    return new HttpServer(serving, initializer, loops, bound.channel());
  }

  /**
   * The pooled allocator is named because the adaptive one, the default of Netty 4.2, holds on to
   * memory when connections live long, as watches do (netty issues 15850 and 17107).
   */
  private static ChannelFuture listen(
      HttpServerConfig config, ConnectionInitializer initializer, EventLoopGroup loops) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, HttpLimits.ACCEPT_BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(initializer)
        .bind(config.address())
        .awaitUninterruptibly();
  }

  /** Where the server listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** The port the server listens on. */
  public int port() {
    return address().getPort();
  }

  /** Whether clients have to speak TLS. */
  public boolean isSecure() {
    return serving.config().tls().isPresent();
  }

  /**
   * Shows another certificate, and believes other authorities, from the next connection on; those
   * that there are go on as they began.
   *
   * @throws IllegalStateException when clients do not speak TLS to this server
   */
  public void show(TlsConfig config) {
    if (!isSecure()) {
      throw new IllegalStateException("a server without TLS shows no certificate");
    }
    initializer.show(config);
  }

  /**
   * Listens no more, ends streams, waits up to {@link HttpLimits#CLOSE_GRACE} for answers under way
   * and closes all connections. May be repeated.
   */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    serving.connections().close(HttpLimits.CLOSE_GRACE);
    serving.workers().close();
    loops
        .shutdownGracefully(0, HttpLimits.CLOSE_GRACE.toSeconds(), TimeUnit.SECONDS)
        .awaitUninterruptibly();
  }
}
