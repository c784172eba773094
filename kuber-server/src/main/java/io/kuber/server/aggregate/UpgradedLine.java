package io.kuber.server.aggregate;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.HttpLimits;
import io.kuber.http.InboundBytes;
import io.kuber.http.OutgoingCall.Answer;
import io.kuber.http.PacedOutput;
import io.kuber.http.RawConnection;
import io.kuber.http.RawListener;
import io.kuber.http.Request;
import io.kuber.server.tunnel.SessionThreads;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client and another server that have agreed on another protocol, and talk past this server. What
 * the one has not read yet holds the other up.
 *
 * <p>Bytes of the client come on the event loop; two threads block, one for each direction.
 */
final class UpgradedLine implements RawListener {
  /**
   * What may be agreed on. In HTTP itself ({@code h2c}) a client could go on to send requests with
   * headers of its own making, over a connection whose headers are believed.
   */
  private static final Set<String> PROTOCOLS = Set.of("websocket", "spdy/3.1");

  private final Exchange exchange;
  private final SSLSocket socket;
  private final SessionThreads threads;
  private final AtomicInteger unread = new AtomicInteger();
  private final InboundBytes fromClient = new InboundBytes(this::taken);
  private volatile @Nullable RawConnection client;

  UpgradedLine(Exchange exchange, SSLSocket socket, SessionThreads threads) {
    this.exchange = exchange;
    this.socket = socket;
    this.threads = threads;
  }

  /** The protocol that a request asks to go on with; empty where it is none that is carried. */
  static Optional<String> protocol(Request request) {
    return request.upgrade().filter(name -> PROTOCOLS.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** Agrees, and carries bytes until one side ends. */
  void run(Answer agreed) throws IOException {
    var toServer = socket.getOutputStream();
    threads.run(() -> SessionThreads.copy(fromClient, toServer));
    String protocol = protocol(exchange.request()).orElseThrow();
    Headers headers = agreed.headers().plus("Upgrade", protocol);
    RawConnection connection = exchange.acceptRaw(headers, this);
    client = connection;
    try {
      SessionThreads.copy(
          agreed.body(), new PacedOutput(connection, connection::write, connection::close));
    } finally {
      connection.close();
      fromClient.close();
    }
  }

  @Override
  public void onBytes(RawConnection connection, byte[] bytes) {
    if (unread.addAndGet(bytes.length) > HttpLimits.UNREAD_BYTES) {
      connection.setReading(false);
    }
    fromClient.deliver(bytes);
  }

  private void taken(int count) {
    RawConnection connection = client;
    if (unread.addAndGet(-count) <= HttpLimits.UNREAD_BYTES / 2 && connection != null) {
      connection.setReading(true);
    }
  }

  /** The client said all it had to; the copy to the server closes that connection. */
  @Override
  public void onClose() {
    fromClient.end();
  }
}
