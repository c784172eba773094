package io.kuber.server.tunnel;

import io.kuber.api.ApiException;
import io.kuber.api.PodRef;
import io.kuber.http.ErrorShape;
import io.kuber.http.Exchange;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.json.Json;
import java.io.IOException;
import java.time.InstantSource;

/** A server with nothing but one pod's streaming subresources, each at a path of its name. */
final class TunnelServer implements AutoCloseable {
  private static final PodRef POD = new PodRef("default", "pod", "uid", "node");

  private static final ErrorShape STATUS =
      (asked, status, message, cause) ->
          cause instanceof ApiException failure
              ? Response.of(failure.code(), "application/json", Json.print(failure.toStatus()))
              : Response.text(status, message);

  private final LocalGateway gateway = new LocalGateway();
  private final Tunnels tunnels = new Tunnels(gateway, InstantSource.system());
  private final HttpServer http;

  TunnelServer() throws IOException {
    http = HttpServer.start(HttpServerConfig.plain(0).withErrors(STATUS), this::route);
  }

  private void route(Exchange exchange) {
    String container = exchange.request().query().first("container").orElse("main");
    switch (exchange.request().path()) {
      case "/exec" -> tunnels.exec(exchange, POD, container);
      case "/attach" -> tunnels.attach(exchange, POD, container);
      case "/portforward" -> tunnels.portForward(exchange, POD);
      default -> tunnels.logs(exchange, POD, container);
    }
  }

  LocalGateway gateway() {
    return gateway;
  }

  int port() {
    return http.port();
  }

  @Override
  public void close() {
    tunnels.close();
    http.close();
  }
}
