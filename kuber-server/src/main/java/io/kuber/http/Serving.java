package io.kuber.http;

/** What all connections of one server share. */
record Serving(HttpServerConfig config, Handler handler, Workers workers, Connections connections) {
  /** How failures are answered and logged. */
  Failures failures() {
    return new Failures(config.errors());
  }
}
