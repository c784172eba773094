package io.kuber.engine.network;

import java.util.Map;
import java.util.Optional;

/**
 * A network that somebody wants.
 *
 * @param subnet such as {@code 10.5.0.0/16}; empty for any
 * @param gateway empty for the first address
 */
record NetworkRequest(
    String name,
    Optional<String> subnet,
    Optional<String> gateway,
    boolean internal,
    Map<String, String> labels,
    Map<String, String> options) {
  NetworkRequest {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
  }
}
