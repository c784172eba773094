package io.kuber.engine.wire;

import java.io.IOException;

/** Answers the calls of one route, each on its connection's thread, which it may block. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers {@code call}, at once or by streaming.
   *
   * @throws io.kuber.engine.EngineException which the client is told, unless an answer has begun
   * @throws IOException when the client cannot be talked to any more, or a file fails
   */
  void answer(Call call) throws IOException;
}
