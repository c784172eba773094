package io.kuber.http;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of one server share. */
record Serving(HttpServerConfig config, Handler handler, Workers workers, Connections connections) {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final int SERVER_ERROR = 500;

  /** The answer to a request that the server itself cannot serve. */
  Response shape(int status, String message) {
    return config.errors().shape(status, message, null);
  }

  /** The answer to a request whose handler threw {@code cause}, logged if it is the server's. */
  Response shape(Request request, Throwable cause) {
    Response response = config.errors().shape(SERVER_ERROR, "internal server error", cause);
    if (response.status() >= SERVER_ERROR && !config.errors().isAnswer(cause)) {
      logFailure(request, cause);
    }
    return response;
  }

  /** Says in the log that an answer failed. */
  void logFailure(Request request, @Nullable Throwable cause) {
    LOG.error("{} failed", request, cause);
  }
}
