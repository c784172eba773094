package io.kuber.server.chain;

import io.kuber.access.Authenticator;

/**
 * Finds out who sends the request ({@link Credentials}). Without credentials the request is
 * anonymous; those that do not hold are refused.
 */
final class Authenticate implements Link {
  private final Authenticator tokens;

  Authenticate(Authenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    next.handle(Credentials.of(request.request(), tokens).map(request::withUser).orElse(request));
  }
}
