package io.kuber.node.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Takes datagrams; each client gets a socket of its own to its endpoint, until it is idle. */
final class UdpListener extends Listener {
  private static final int LONGEST_DATAGRAM = 65_535;
  private static final int MOST_CLIENTS = 1024;

  /** As long as the kernel remembers a UDP flow that was answered. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final RelayLoop loop;
  private final DatagramChannel channel;
  private final Map<InetSocketAddress, Client> clients = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_DATAGRAM);

  private UdpListener(RelayLoop loop, Balance balance, DatagramChannel channel) {
    super(balance);
    this.loop = loop;
    this.channel = channel;
  }

  /** Listens from the calling thread, whose network namespace it is in. */
  static UdpListener open(RelayLoop loop, InetSocketAddress address, Balance balance)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.bind(address);
      UdpListener listener = new UdpListener(loop, balance, channel);
      loop.watch(channel, SelectionKey.OP_READ, listener);
      return listener;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    buffer.clear();
    InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
    if (from == null) {
      return;
    }
    buffer.flip();
    if (!clients.containsKey(from)) {
      admit(from);
    }
    Client client = clients.get(from);
    if (client != null) {
      client.send(buffer);
    }
  }

  private void admit(InetSocketAddress from) throws IOException {
    Optional<Endpoint> endpoint = choose(from.getAddress());
    if (endpoint.isPresent() && clients.size() < MOST_CLIENTS) {
      clients.put(from, new Client(from, endpoint.get()));
    }
  }

  @Override
  void balance(Balance next) {
    super.balance(next);
    clients.values().removeIf(client -> client.isLeft(next));
  }

  @Override
  public void tick() {
    clients.values().removeIf(Client::isIdle);
  }

  @Override
  public void close() {
    RelayLoop.closeQuietly(channel);
    clients.values().forEach(Client::close);
    clients.clear();
  }

  /** One client's way to its endpoint and back. */
  private final class Client implements RelayLoop.Handler {
    private final InetSocketAddress address;
    private final Endpoint endpoint;
    private final DatagramChannel outward;
    private long lastUsed = System.nanoTime();

    Client(InetSocketAddress address, Endpoint endpoint) throws IOException {
      this.address = address;
      this.endpoint = endpoint;
      this.outward = DatagramChannel.open();
      outward.connect(new InetSocketAddress(endpoint.address().inet(), endpoint.port()));
      loop.watch(outward, SelectionKey.OP_READ, this);
    }

    /** A datagram that the socket has no room for is lost, as datagrams are. */
    void send(ByteBuffer datagram) throws IOException {
      lastUsed = System.nanoTime();
      try {
        outward.write(datagram);
      } catch (PortUnreachableException gone) {
        close();
        clients.remove(address);
      }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      buffer.clear();
      if (outward.read(buffer) > 0) {
        lastUsed = System.nanoTime();
        channel.send(buffer.flip(), address);
      }
    }

    boolean isIdle() {
      boolean idle = System.nanoTime() - lastUsed > IDLE.toNanos();
      if (idle) {
        close();
      }
      return idle;
    }

    boolean isLeft(Balance next) {
      boolean left = !next.endpoints().contains(endpoint) && !next.local().contains(endpoint);
      if (left) {
        close();
      }
      return left;
    }

    @Override
    public void close() {
      RelayLoop.closeQuietly(outward);
    }
  }
}
