package io.kuber.node.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A client's connection, an endpoint's connection, and the bytes on their way between them. When
 * one side has no more to say, the other is told so and may go on talking.
 */
final class TcpRelay implements RelayLoop.Handler {
  private final SocketChannel client;
  private final SocketChannel endpoint;
  private final Flow up;
  private final Flow down;
  private final Runnable whenClosed;
  private boolean isClosed;

  private TcpRelay(SocketChannel client, SocketChannel endpoint, Runnable whenClosed) {
    this.client = client;
    this.endpoint = endpoint;
    this.up = new Flow(client, endpoint);
    this.down = new Flow(endpoint, client);
    this.whenClosed = whenClosed;
  }

  /** Connects to the endpoint; bytes flow once that worked. */
  static void start(RelayLoop loop, SocketChannel client, Endpoint target, Runnable whenClosed)
      throws IOException {
    TcpRelay relay = new TcpRelay(client, SocketChannel.open(), whenClosed);
    try {
      loop.watch(client, 0, relay);
      loop.watch(relay.endpoint, SelectionKey.OP_CONNECT, relay);
      relay.endpoint.connect(new InetSocketAddress(target.address().inet(), target.port()));
    } catch (IOException | RuntimeException e) {
      relay.close();
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    if (key.isConnectable()) {
      endpoint.finishConnect();
    }
    up.move();
    down.move();
    if (up.isDone() && down.isDone()) {
      close();
    } else {
      want(client.keyFor(key.selector()), up.wantsRead(), down.wantsWrite());
      want(endpoint.keyFor(key.selector()), down.wantsRead(), up.wantsWrite());
    }
  }

  private static void want(SelectionKey key, boolean read, boolean write) {
    key.interestOps((read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0));
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      RelayLoop.closeQuietly(client);
      RelayLoop.closeQuietly(endpoint);
      whenClosed.run();
    }
  }

  /** One direction: a bounded buffer between two sockets. */
  private static final class Flow {
    private static final int BUFFER_BYTES = 32 << 10;

    private final SocketChannel from;
    private final SocketChannel to;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private boolean hasEnded;
    private boolean isDone;

    Flow(SocketChannel from, SocketChannel to) {
      this.from = from;
      this.to = to;
    }

    /** Reads what there is room for, writes what is taken, passes the end on. */
    void move() throws IOException {
      if (wantsRead() && from.read(buffer) < 0) {
        hasEnded = true;
      }
      buffer.flip();
      if (buffer.hasRemaining()) {
        to.write(buffer);
      }
      buffer.compact();
      if (hasEnded && buffer.position() == 0 && !isDone) {
        to.shutdownOutput();
        isDone = true;
      }
    }

    boolean wantsRead() {
      return !hasEnded && buffer.hasRemaining();
    }

    boolean wantsWrite() {
      return buffer.position() > 0;
    }

    boolean isDone() {
      return isDone;
    }
  }
}
