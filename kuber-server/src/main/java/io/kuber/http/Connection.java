package io.kuber.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One TCP connection: who is at the other end and what is under way on it. Everything but {@link
 * #channel} and {@link #windDown} belongs to the event loop.
 */
final class Connection {
  private static final AttributeKey<Connection> KEY = AttributeKey.valueOf("kuber.connection");

  private final Channel channel;
  private final Set<Winding> underWay = new LinkedHashSet<>();
  private final InetSocketAddress address;
  private Supplier<Peer> peers;
  private long idleSince = System.nanoTime();
  private boolean windingDown;

  /** Something under way that can be asked to come to its end. */
  interface Winding {
    /** Comes to an end soon; on the event loop. */
    void windDown();
  }

  Connection(Channel channel) {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.remoteAddress();
    Peer plain = Peer.plain(address);
    this.peers = () -> plain;
    channel.attr(KEY).set(this);
    checkIdleAfter(HttpLimits.IDLE_TIMEOUT);
  }

  /** The connection of a channel or, with HTTP/2, of the channel's parent. */
  static Connection of(Channel channel) {
    Connection connection = channel.attr(KEY).get();
    return connection != null ? connection : of(channel.parent());
  }

  Channel channel() {
    return channel;
  }

  InetSocketAddress address() {
    return address;
  }

  /** Who is at the other end, as of now: what he has shown may be over by the next request. */
  Peer peer() {
    return peers.get();
  }

  /** Knows more about the peer since the TLS handshake. */
  void identify(Supplier<Peer> identified) {
    peers = identified;
  }

  /** Something began; the connection is not idle until it ends. */
  void begin(Winding action) {
    underWay.add(action);
  }

  /** Something that began has ended. */
  void end(Winding action) {
    underWay.remove(action);
    idleSince = System.nanoTime();
    closeIfDone();
  }

  /** Whether no further request is to be taken. */
  boolean isWindingDown() {
    return windingDown;
  }

  /** Ends what is under way and closes once nothing is left. From any thread. */
  void windDown() {
    Outbound.execute(
        channel,
        () -> {
          windingDown = true;
          List.copyOf(underWay).forEach(Winding::windDown);
          closeIfDone();
        });
  }

  private void closeIfDone() {
    if (windingDown && underWay.isEmpty()) {
      Outbound.close(channel);
    }
  }

  /**
   * One timer per connection that looks, and sleeps for what is left: cheaper than one per request.
   */
  private void checkIdleAfter(Duration delay) {
    Outbound.schedule(channel, delay, this::checkIdle);
  }

  private void checkIdle() {
    if (!channel.isOpen()) {
      return;
    }
    Duration idle =
        underWay.isEmpty() ? Duration.ofNanos(System.nanoTime() - idleSince) : Duration.ZERO;
    Duration left = HttpLimits.IDLE_TIMEOUT.minus(idle);
    if (left.isNegative() || left.isZero()) {
      Outbound.close(channel);
    } else {
      checkIdleAfter(left);
    }
  }
}
