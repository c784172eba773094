package io.kuber.server.tunnel;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.HttpLimits;
import io.kuber.http.InboundBytes;
import io.kuber.http.PacedOutput;
import io.kuber.http.RawConnection;
import io.kuber.http.RawListener;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client and another side that have agreed on another protocol, and talk past this server. What
 * the one has not read yet holds the other up.
 *
 * <p>Bytes of the client come on the event loop; two threads block, one for each direction.
 */
public final class RawLine implements RawListener {
  private final Exchange exchange;
  private final SessionThreads threads;
  private final AtomicInteger unread = new AtomicInteger();
  private final InboundBytes fromClient = new InboundBytes(this::taken);
  private volatile @Nullable RawConnection client;

  /** A line for the client of the exchange. */
  public RawLine(Exchange exchange, SessionThreads threads) {
    this.exchange = exchange;
    this.threads = threads;
  }

  /**
   * Agrees, and carries bytes until one side ends; on the calling thread and one more.
   *
   * @param agreed the headers of the answer, {@code Upgrade} among them
   * @param from what the other side says
   * @param to takes what the client says; closed when that ends
   */
  public void run(Headers agreed, InputStream from, OutputStream to) {
    threads.run(() -> SessionThreads.copy(fromClient, to));
    RawConnection connection = exchange.acceptRaw(agreed, this);
    client = connection;
    try {
      SessionThreads.copy(from, new PacedOutput(connection, connection::write, connection::close));
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
