package io.kuber.ingress;

import io.kuber.ingress.route.Backend;
import io.kuber.ingress.route.Place;
import io.kuber.ingress.route.RouteTable;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What all connections of an ingress share. For any thread. */
final class Gate {
  private final AccessLog log;
  private final Supplier<String> ids;
  private final Duration headTimeout;
  private final Dialer dialer;
  private final Map<EventLoop, Upstreams> upstreams = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile RouteTable routes = RouteTable.EMPTY;
  private volatile Certificates certificates;
  private volatile int securePort;

  Gate(IngressConfig config, Dialer dialer) {
    this.log = new AccessLog(config.access());
    this.ids = config.ids();
    this.headTimeout = config.headTimeout();
    this.dialer = dialer;
    this.certificates = Certificates.of(config.fallback());
  }

  Duration headTimeout() {
    return headTimeout;
  }

  AccessLog log() {
    return log;
  }

  /** The name of a request that has none. */
  String newId() {
    return ids.get();
  }

  /** The connections to pods of that event loop, for use on it. */
  Upstreams upstreams(EventLoop loop) {
    return upstreams.computeIfAbsent(loop, own -> new Upstreams(own, dialer));
  }

  RouteTable routes() {
    return routes;
  }

  Certificates certificates() {
    return certificates;
  }

  void lead(RouteTable other, Certificates otherCertificates) {
    routes = other;
    certificates = otherCertificates;
    turns.clear();
  }

  /** The places of a backend to be tried, in the order in which it is their turn. */
  List<Place> turn(Backend backend) {
    int size = backend.places().size();
    if (size < 2) {
      return backend.places();
    }
    int turn = turns.computeIfAbsent(backend.name(), any -> new AtomicInteger()).getAndIncrement();
    return IntStream.range(0, Math.min(size, IngressLimits.ATTEMPTS))
        .mapToObj(i -> backend.places().get(Math.floorMod(turn + i, size)))
        .toList();
  }

  int securePort() {
    return securePort;
  }

  void isSecureAt(int port) {
    securePort = port;
  }

  /** Whether one more client may come in; if so, it has to {@link #leave}. */
  boolean admit() {
    if (connections.incrementAndGet() <= IngressLimits.CONNECTIONS) {
      return true;
    }
    connections.decrementAndGet();
    return false;
  }

  void leave() {
    connections.decrementAndGet();
  }
}
