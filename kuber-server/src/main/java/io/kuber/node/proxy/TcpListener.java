package io.kuber.node.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Takes TCP connections and relays each to an endpoint. */
final class TcpListener extends Listener {
  private static final int BACKLOG = 128;

  /** With two buffers each, these use 256 MB at most. */
  private static final int MOST_CONNECTIONS = 4096;

  private final RelayLoop loop;
  private final ServerSocketChannel channel;
  private int connections;

  private TcpListener(RelayLoop loop, Balance balance, ServerSocketChannel channel) {
    super(balance);
    this.loop = loop;
    this.channel = channel;
  }

  /** Listens from the calling thread, whose network namespace it is in. */
  static TcpListener open(RelayLoop loop, InetSocketAddress address, Balance balance)
      throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
      TcpListener listener = new TcpListener(loop, balance, channel);
      loop.watch(channel, SelectionKey.OP_ACCEPT, listener);
      return listener;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    SocketChannel client = channel.accept();
    if (client == null) {
      return;
    }
    InetSocketAddress from = (InetSocketAddress) client.getRemoteAddress();
    Optional<Endpoint> endpoint = choose(from.getAddress());
    if (connections >= MOST_CONNECTIONS || endpoint.isEmpty()) {
      client.close();
      return;
    }
    connections++;
    TcpRelay.start(loop, client, endpoint.get(), () -> connections--);
  }

  @Override
  public void close() {
    RelayLoop.closeQuietly(channel);
  }
}
