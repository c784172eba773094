package io.kuber.server.tunnel;

import io.kuber.api.NodeGateway;
import io.kuber.api.PodRef;
import io.kuber.http.Exchange;
import io.kuber.http.Headers;
import io.kuber.http.Request;
import java.util.List;

/** Chooses how a client's connections to ports of a pod travel. */
final class PortForwardTunnel {
  private static final String SPDY = "portforward.k8s.io";
  private static final String SPDY_IN_WEB_SOCKET = "SPDY/3.1+portforward.k8s.io";

  private final Exchange exchange;
  private final PodRef pod;
  private final NodeGateway gateway;
  private final SessionThreads threads;

  PortForwardTunnel(Exchange exchange, PodRef pod, NodeGateway gateway, SessionThreads threads) {
    this.exchange = exchange;
    this.pod = pod;
    this.gateway = gateway;
    this.threads = threads;
  }

  void serve() {
    Request request = exchange.request();
    PodPorts ports = new PodPorts(pod, gateway, threads);
    if (request.wantsSpdy()) {
      requireOffered(request.headers().elements("X-Stream-Protocol-Version"));
      exchange.acceptSpdy(
          Headers.of("X-Stream-Protocol-Version", SPDY), new PortForwardOverSpdy(ports));
    } else if (!request.wantsWebSocket()) {
      throw Refusal.upgradeRequired();
    } else if (subprotocols(request).contains(SPDY_IN_WEB_SOCKET)) {
      exchange.acceptSpdyInWebSocket(SPDY_IN_WEB_SOCKET, new PortForwardOverSpdy(ports));
    } else {
      new PortForwardOverWebSocket(exchange, ExecProtocol.ofWebSocket(request), ports).open();
    }
  }

  private static List<String> subprotocols(Request request) {
    return request.headers().elements("Sec-WebSocket-Protocol");
  }

  private static void requireOffered(List<String> offered) {
    if (!offered.contains(SPDY)) {
      throw Refusal.noCommonProtocol(offered, List.of(SPDY));
    }
  }
}
