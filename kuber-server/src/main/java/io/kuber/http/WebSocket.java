package io.kuber.http;

/** An open WebSocket, for any thread. Pings are answered by the server itself. */
public interface WebSocket extends Paced {
  /** The status of a normal close (RFC 6455, 7.4.1). */
  int NORMAL = 1000;

  /** The status of a close because the server goes away. */
  int GOING_AWAY = 1001;

  /** The status of a close because the client sent what this protocol does not have. */
  int PROTOCOL_ERROR = 1002;

  /** The status of a close because something went wrong in the server. */
  int INTERNAL_ERROR = 1011;

  /** Sends a text message; does nothing once the socket is closed. */
  void sendText(String text);

  /** Sends a text message that is in UTF-8 already; the array must not change any more. */
  void sendText(byte[] utf8);

  /** Sends a binary message of the parts in a row; the arrays must not change any more. */
  void sendBinary(byte[]... parts);

  /** Whether messages are taken from the client; otherwise it is held up. */
  void setReading(boolean reading);

  /** Closes after what was sent before. May be repeated. */
  void close(int status, String reason);
}
