package io.kuber.server.chain;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.PassedOn;
import io.kuber.http.Response;
import io.kuber.http.ResponseStream;
import io.kuber.http.SpdyListener;
import io.kuber.http.SpdySession;
import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;

/** An exchange whose answer an audit follows. */
final class AuditedExchange extends PassedOn {
  private static final int SWITCHING = 101;

  private final AuditTrail trail;

  AuditedExchange(Exchange exchange, AuditTrail trail) {
    super(exchange);
    this.trail = trail;
  }

  @Override
  public void respond(Response response) {
    trail.answers(response);
    super.respond(response);
    trail.started(response.status());
  }

  @Override
  public void fail(Throwable cause) {
    if (!isAnswered()) {
      trail.breaks(cause);
    }
    super.fail(cause);
  }

  @Override
  public ResponseStream stream(int status, Headers headers) {
    ResponseStream stream = super.stream(status, headers);
    trail.started(status);
    return trail.takesAnswer() ? new CopiedStream(stream, trail.copy(status, headers)) : stream;
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    WebSocket socket = super.acceptWebSocket(subprotocol, listener);
    trail.started(SWITCHING);
    return socket;
  }

  @Override
  public SpdySession acceptSpdy(Headers headers, SpdyListener listener) {
    SpdySession session = super.acceptSpdy(headers, listener);
    trail.started(SWITCHING);
    return session;
  }

  @Override
  public SpdySession acceptSpdyInWebSocket(String subprotocol, SpdyListener listener) {
    SpdySession session = super.acceptSpdyInWebSocket(subprotocol, listener);
    trail.started(SWITCHING);
    return session;
  }
}
