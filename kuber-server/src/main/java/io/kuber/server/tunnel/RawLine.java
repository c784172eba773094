package io.kuber.server.tunnel;

import io.kuber.http.ChunkedInput;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.InboundBytes;
import io.kuber.http.PacedOutput;
import io.kuber.http.RawConnection;
import io.kuber.http.RawListener;
import io.kuber.http.UnreadBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client and another side that have agreed on another protocol, and talk past this server. What
 * the one has not read yet holds the other up.
 *
 * <p>Bytes of the client come on the event loop; two threads block, one for each direction.
 */
public final class RawLine implements RawListener {
  private static final Logger LOG = LoggerFactory.getLogger(RawLine.class);

  private final Exchange exchange;
  private final SessionThreads threads;
  private final UnreadBytes unread = new UnreadBytes();
  private final InboundBytes fromClient = new InboundBytes(unread::taken);

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
    run(agreed, from, to, fromClient);
  }

  /**
   * The same for a client that sends in chunks (RFC 9112, section 7.1): after the last one it still
   * hears the other side out, whereas a client that is gone before is cut off from it.
   */
  public void runChunked(Headers agreed, InputStream from, OutputStream to) {
    run(agreed, from, to, new ChunkedInput(fromClient));
  }

  private void run(Headers agreed, InputStream from, OutputStream to, InputStream said) {
    threads.run(
        () -> {
          if (!SessionThreads.copy(said, to)) {
            closeQuietly(from);
          }
        });
    try {
      RawConnection connection = exchange.acceptRaw(agreed, this);
      SessionThreads.copy(from, new PacedOutput(connection, connection::write, connection::close));
    } finally {
      fromClient.close();
    }
  }

  private static void closeQuietly(InputStream from) {
    try {
      from.close();
    } catch (IOException e) {
      LOG.debug("a connection broke while it was closed", e);
    }
  }

  @Override
  public void onBytes(RawConnection connection, byte[] bytes) {
    unread.came(bytes.length, connection::setReading);
    fromClient.deliver(bytes);
  }

  /** The client said all it had to; the copy to the server closes that connection. */
  @Override
  public void onClose() {
    fromClient.end();
  }
}
