package io.kuber.testkit.chaos;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.http.SpdyListener;
import io.kuber.http.SpdySession;
import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;

/** An exchange that passes everything on; those that disturb some of it say which. */
abstract class PassedOn implements Exchange {
  private final Exchange exchange;

  PassedOn(Exchange exchange) {
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
  public int status() {
    return exchange.status();
  }

  @Override
  public boolean isAnswered() {
    return exchange.isAnswered();
  }

  @Override
  public void onClose(Runnable action) {
    exchange.onClose(action);
  }
}
