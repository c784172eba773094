package io.kuber.http;

/**
 * Answers requests.
 *
 * <p>Called on one of {@link HttpLimits#WORKERS} worker threads, so that a slow request never holds
 * up a connection's event loop. A handler may return before it has answered and answer later from
 * whatever thread; one that waits for others (a write to be replicated, a follower of a log) should
 * do so, because workers are few. A handler that throws is answered by the {@link ErrorShape}.
 */
@FunctionalInterface
public interface Handler {
  /** Answers {@code exchange}, now or later. */
  void handle(Exchange exchange) throws Exception;
}
