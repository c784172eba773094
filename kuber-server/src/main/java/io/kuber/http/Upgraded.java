package io.kuber.http;

/** What a connection has become after an upgrade; on the event loop. */
interface Upgraded {
  /** Comes to an end soon, because the server closes. */
  void windDown();

  /** The channel is closed. */
  void closed();
}
