package io.kuber.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that speak of one connection only, and are not passed on (RFC 9110, section 7.6.1). */
final class Hops {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Hops() {}

  /** The headers that concern both ends. */
  static Headers without(Headers headers) {
    Set<String> hops = new HashSet<>(ALWAYS);
    headers.elements("Connection").forEach(name -> hops.add(name.toLowerCase(Locale.ROOT)));
    List<String> kept = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          if (!hops.contains(name.toLowerCase(Locale.ROOT))) {
            kept.add(name);
            kept.add(value);
          }
        });
    return Headers.of(kept.toArray(new String[0]));
  }
}
