package io.kuber.http;

/** An exchange that passes everything on; those that disturb some of it say which. */
public abstract class PassedOn implements Exchange {
  private final Exchange exchange;

  /** Passes on to that exchange. */
  protected PassedOn(Exchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public Request request() {
    return exchange.request();
  }

  @Override
  public void always(Headers headers) {
    exchange.always(headers);
  }

  @Override
  public void respond(Response response) {
    exchange.respond(response);
  }

  @Override
  public void expire(Response response) {
    exchange.expire(response);
  }

  @Override
  public void fail(Throwable cause) {
    exchange.fail(cause);
  }

  @Override
  public void drop() {
    exchange.drop();
  }

  @Override
  public ResponseStream stream(int status, Headers headers) {
    return exchange.stream(status, headers);
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    return exchange.acceptWebSocket(subprotocol, listener);
  }

  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener listener) {
    return exchange.acceptSpdy(headers, listener);
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener) {
    return exchange.acceptSpdyInWebSocket(subprotocol, listener);
  }

  @Override
  public RawConnection acceptRaw(Headers headers, RawListener listener) {
    return exchange.acceptRaw(headers, listener);
  }

  @Override
  public int status() {
    return exchange.status();
  }

  @Override
  public boolean isAnswered() {
    return exchange.isAnswered();
  }

  @Override
  public void onAnswer(Runnable action) {
    exchange.onAnswer(action);
  }

  @Override
  public void onClose(Runnable action) {
    exchange.onClose(action);
  }
}
