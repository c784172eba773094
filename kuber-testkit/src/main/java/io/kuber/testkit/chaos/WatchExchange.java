package io.kuber.testkit.chaos;

import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.PassedOn;
import io.kuber.http.ResponseStream;
import io.kuber.http.WebSocket;
import io.kuber.http.WebSocketListener;

/** A watch whose events pass one by one, whether they travel in a body or in a WebSocket. */
final class WatchExchange extends PassedOn {
  private final Faults faults;
  private final Asked asked;

  WatchExchange(Exchange exchange, Faults faults, Asked asked) {
    super(exchange);
    this.faults = faults;
    this.asked = asked;
  }

  @Override
  public ResponseStream stream(int status, Headers headers) {
    ResponseStream stream = super.stream(status, headers);
    return status < 300 ? new WatchBody(stream, events(new WatchBody.Outlet(stream))) : stream;
  }

  @Override
  public WebSocket acceptWebSocket(String subprotocol, WebSocketListener listener) {
    WebSocket socket = super.acceptWebSocket(subprotocol, listener);
    return new WatchSocket(socket, events(new WatchSocket.Outlet(socket)));
  }

  private EventLane events(EventLane.Outlet outlet) {
    return new EventLane(faults, asked, outlet);
  }
}
