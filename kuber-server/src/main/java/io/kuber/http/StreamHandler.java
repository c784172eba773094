package io.kuber.http;

import java.io.IOException;

/**
 * Answers requests of a {@link UnixServer}, each on its connection's thread, which it may block.
 */
@FunctionalInterface
public interface StreamHandler {
  /**
   * Answers {@code exchange}.
   *
   * @throws IOException when the client cannot be talked to any more, which ends its connection
   */
  void handle(StreamExchange exchange) throws IOException;
}
