package io.kuber.server.route;

import io.kuber.http.Paced;

/** Where the events of a watch go: the body of an answer, or a WebSocket. For any thread. */
interface EventSink extends Paced {
  /** Sends one event; the array may be shared and is not changed any more. */
  void send(byte[] event);

  /** Says that no more events come. */
  void end();

  /** Runs {@code action} once the client is gone or everything was sent. */
  void onClose(Runnable action);
}
