package io.kuber.server.chain;

/** What stands behind the chain, or the rest of it. */
@FunctionalInterface
public interface RequestHandler {
  /** Answers the request now or later; what it throws becomes the answer. */
  void handle(ServerRequest request) throws Exception;
}
