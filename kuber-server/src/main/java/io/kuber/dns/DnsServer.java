package io.kuber.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cluster's DNS server, on UDP and TCP. It lives in the network namespace of the thread that
 * starts it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Closing has no outcome that anybody could use.
public final class DnsServer implements AutoCloseable {
  private static final int LENGTH_BYTES = 2;
  private static final int LONGEST_QUERY = 4096;
  private static final int IDLE_SECONDS = 10;

  /** Clients that hold more connections than this are cut off. */
  private static final int MOST_CONNECTIONS = 256;

  /** Where port 0 asks for any: one that is free for UDP may be taken for TCP. */
  private static final int MOST_ATTEMPTS = 16;

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("dns", true), NioIoHandler.newFactory());
  private final Forwarder others;
  private final DnsResponder responder;
  private final AtomicInteger connections = new AtomicInteger();
  private final Channel udp;
  private final Channel tcp;

  private DnsServer(DnsServerConfig config, DnsZone zone) {
    this.others = new Forwarder(config, loops.next());
    this.responder = new DnsResponder(zone, others);
    try {
      this.udp = bindUdp(config.listen());
      this.tcp = bindTcp((InetSocketAddress) udp.localAddress());
    } catch (RuntimeException | Error e) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Starts to answer.
   *
   * @param zone what it knows until the first {@link #update}
   * @throws IllegalStateException if the address is not this machine's or is taken
   */
  public static DnsServer start(DnsServerConfig config, DnsZone zone) {
    boolean anyPort = config.listen().getPort() == 0;
    IllegalStateException last = new IllegalStateException("no attempt to listen");
    for (int attempt = 0; attempt < (anyPort ? MOST_ATTEMPTS : 1); attempt++) {
      try {
        return new DnsServer(config, zone);
      } catch (IllegalStateException taken) {
        last = taken;
      }
    }
    throw last;
  }

  private Channel bindUdp(InetSocketAddress address) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(new DatagramHandler(responder));
    return bound(bootstrap.bind(address).awaitUninterruptibly(), "udp", address);
  }

  private Channel bindTcp(InetSocketAddress address) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<NioSocketChannel>() {
                  @Override
                  protected void initChannel(NioSocketChannel channel) {
                    accept(channel);
                  }
                });
    return bound(bootstrap.bind(address).awaitUninterruptibly(), "tcp", address);
  }

  private static Channel bound(ChannelFuture binding, String protocol, InetSocketAddress address) {
    if (!binding.isSuccess()) {
      throw new IllegalStateException(
          "DNS cannot listen on " + protocol + " " + address + ": choose another address or port",
          binding.cause());
    }
    return binding.channel();
  }

  private void accept(NioSocketChannel channel) {
    channel.closeFuture().addListener(done -> connections.decrementAndGet());
    if (connections.incrementAndGet() > MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(0, 0, IDLE_SECONDS),
            new LengthFieldBasedFrameDecoder(LONGEST_QUERY, 0, LENGTH_BYTES, 0, LENGTH_BYTES),
            new LengthFieldPrepender(LENGTH_BYTES),
            new StreamHandler(responder));
  }

  /** Answers from another picture of the cluster from now on; any thread. */
  public void update(DnsZone zone) {
    responder.update(zone);
  }

  /** Asks others about names outside of the cluster from now on; any thread. */
  public void route(DnsRoutes routes) {
    others.route(routes);
  }

  /** Where it listens, on UDP and TCP alike. */
  public InetSocketAddress address() {
    return (InetSocketAddress) udp.localAddress();
  }

  /** Ends at once and waits for the sockets to be closed. */
  @Override
  public void close() {
    udp.close().awaitUninterruptibly();
    tcp.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
