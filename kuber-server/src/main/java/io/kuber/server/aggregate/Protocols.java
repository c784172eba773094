package io.kuber.server.aggregate;

import io.kuber.http.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which protocols a client and another server may agree on. In HTTP itself ({@code h2c}) a client
 * could go on to send requests with headers of its own making, over a connection whose headers are
 * believed.
 */
final class Protocols {
  private static final Set<String> PROTOCOLS = Set.of("websocket", "spdy/3.1");

  private Protocols() {}

  /** The protocol that a request asks to go on with; empty where it is none that is carried. */
  static Optional<String> protocol(Request request) {
    return request.upgrade().filter(name -> PROTOCOLS.contains(name.toLowerCase(Locale.ROOT)));
  }
}
