package io.kuber.server.chain;

/** One look at a request: it passes the request on to {@code next}, or answers it. */
interface Link {
  /** Throws {@link io.kuber.api.ApiException} to refuse the request. */
  void handle(ServerRequest request, RequestHandler next) throws Exception;
}
