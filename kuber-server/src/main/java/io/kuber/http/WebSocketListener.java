package io.kuber.http;

/** Gets what a client sends over a WebSocket; on the event loop, where nothing may block. */
public interface WebSocketListener {
  /** A text message. */
  default void onText(WebSocket socket, String text) {}

  /** A binary message; the array is the listener's. */
  default void onBinary(WebSocket socket, byte[] bytes) {}

  /** The last event: the socket is closed, by whomever. */
  default void onClose(WebSocket socket) {}
}
