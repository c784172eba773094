package io.kuber.http;

/**
 * A request and its answer, which is given once: by {@link #respond}, {@link #fail}, {@link
 * #stream} or an upgrade. A second answer is an {@link IllegalStateException}; answering a client
 * that has gone away does nothing. May be used from any thread.
 */
public interface Exchange {
  /** What the client wants. */
  Request request();

  /**
   * Headers that the answer gets unless it has them itself, whoever gives it: also an error of the
   * server, a stream or an upgrade. Adds to what was said before, and replaces what has the same
   * name.
   */
  void always(Headers headers);

  /** Answers at once with a whole body. */
  void respond(Response response);

  /**
   * Answers unless that has been done. Whoever answers later does so in vain, as when the client
   * had gone away.
   */
  void expire(Response response);

  /**
   * Answers as though the handler had thrown {@code cause}. Where an answer is under way already,
   * it is cut off, so that the client sees that it is incomplete.
   */
  void fail(Throwable cause);

  /**
   * Ends without an answer, or cuts off the one under way, as a connection that breaks. Whoever
   * answers later does so in vain.
   */
  void drop();

  /** Answers bit by bit; status and headers go out at once. */
  ResponseStream stream(int status, Headers headers);

  /**
   * Goes on with WebSocket, which the client must have asked for ({@link Request#wantsWebSocket}).
   *
   * @param subprotocol one that the client offers, or empty
   */
  WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener);

  /**
   * Goes on with SPDY/3.1, which the client must have asked for ({@link Request#wantsSpdy}).
   *
   * @param headers further headers of the answer, such as {@code X-Stream-Protocol-Version}
   */
  SpdySession acceptSpdy(Headers headers, SpdyListener listener);

  /** Goes on with SPDY/3.1 whose bytes travel in the binary messages of a WebSocket. */
  SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener);

  /**
   * Goes on with whatever protocol the client has asked for ({@link Request#upgrade}), whose bytes
   * are for somebody else to understand.
   *
   * @param headers further headers of the answer, {@code Upgrade} among them
   * @throws UnsupportedOperationException where the exchange has no connection of its own
   */
  default RawConnection acceptRaw(Headers headers, RawListener listener) {
    throw new UnsupportedOperationException("an upgrade is for clients on the network");
  }

  /** The status code of the answer; 0 before there is one. */
  int status();

  /** Whether the answer has been given, at least in part. */
  boolean isAnswered();

  /**
   * Runs {@code action} once the answer has begun, at the latest when the exchange is over; at once
   * if that is so already.
   */
  default void onAnswer(Runnable action) {
    onClose(action);
  }

  /**
   * Runs {@code action} once the exchange is over: answered, or the client gone. At once if it is
   * over already.
   */
  void onClose(Runnable action);
}
