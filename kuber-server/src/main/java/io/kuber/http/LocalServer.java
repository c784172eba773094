package io.kuber.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Serves clients in the same process: what {@link HttpServer} does for the network, without a port,
 * without TLS, and without bytes being copied.
 *
 * <p>The handler runs on the thread that sends; answers arrive on threads of the server's own, of
 * which a listener may block one. Whatever can grow has a limit in {@link HttpLimits}, the same as
 * on the network. For any thread.
 */
public final class LocalServer implements AutoCloseable {
  /** Where clients of this process come from. */
  public static final InetSocketAddress ADDRESS =
      InetSocketAddress.createUnresolved("localhost", 0);

  private final Handler handler;
  private final Failures failures;
  private final Supplier<Peer> peers;
  private final Workers workers = new Workers("local-answer", HttpLimits.LOCAL_WORKERS);
  private final Set<LocalExchange> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Requests go to {@code handler}; failures have the form of {@code errors}. */
  public LocalServer(Handler handler, ErrorShape errors) {
    this(handler, errors, () -> Peer.plain(ADDRESS));
  }

  /** The same for clients that show a certificate; {@code peers} is asked for each request. */
  public LocalServer(Handler handler, ErrorShape errors, Supplier<Peer> peers) {
    this.handler = handler;
    this.failures = new Failures(errors);
    this.peers = peers;
  }

  /** Who its clients are now, for the next {@link Request} of one. */
  public Peer peer() {
    return peers.get();
  }

  /** Sends a request; its answer goes to {@code listener}, perhaps before this returns. */
  public LocalCall send(Request request, AnswerListener listener) {
    LocalExchange exchange = new LocalExchange(request, listener, workers, failures);
    if (closed) {
      listener.onFailure(exchange.call(), new IOException("the server is closed"));
    } else if (open.size() >= HttpLimits.LOCAL_EXCHANGES) {
      exchange.respond(failures.tooManyRequests(request.headers()));
    } else if (request.body().length > HttpLimits.BODY_BYTES) {
      exchange.respond(failures.tooLarge(request.headers(), HttpLimits.BODY_BYTES));
    } else {
      open.add(exchange);
      exchange.onClose(() -> open.remove(exchange));
      exchange.handle(handler);
    }
    return exchange.call();
  }

  /**
   * Takes no more requests and cuts off what is under way; listeners that are at work have {@link
   * HttpLimits#CLOSE_GRACE} to come to their end. May be repeated.
   */
  @Override
  public void close() {
    closed = true;
    open.forEach(LocalExchange::windDown);
    workers.finish(HttpLimits.CLOSE_GRACE);
    workers.close();
  }
}
