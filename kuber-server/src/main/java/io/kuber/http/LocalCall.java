package io.kuber.http;

/** The client's half of a request to a {@link LocalServer}. For any thread. */
public final class LocalCall {
  private final LocalExchange exchange;

  LocalCall(LocalExchange exchange) {
    this.exchange = exchange;
  }

  /** Asks for one more part of the body, or one more message; what is not asked for waits. */
  public void take() {
    exchange.answer().want(1);
  }

  /**
   * Sends a binary message over the WebSocket that the answer has become.
   *
   * @param bytes must not change any more
   * @return false when the message was not taken: the socket is closed, the message too large, or
   *     the server too slow for all that waits already
   */
  public boolean send(byte[] bytes) {
    return exchange.socket().map(socket -> socket.receive(bytes)).orElse(false);
  }

  /** Bytes that were sent and that the server has not taken yet. */
  public long unsentBytes() {
    return exchange.socket().map(LocalWebSocket::unreadBytes).orElse(0L);
  }

  /** Closes the WebSocket after what was sent; false when it is closed already. */
  public boolean close(int status, String reason) {
    return exchange.socket().map(socket -> socket.hangUp(status, reason)).orElse(false);
  }

  /** Takes no more of the answer: the listener hears nothing any more. May be repeated. */
  public void cancel() {
    exchange.cancel();
  }
}
