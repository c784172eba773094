package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.User;
import java.util.Optional;

/**
 * Finds out who sends the request ({@link Credentials}). Without credentials the request is
 * anonymous, where that is allowed; those that do not hold are refused.
 */
final class Authenticate implements Link {
  private final Access access;

  Authenticate(Access access) {
    this.access = access;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Optional<User> user = Credentials.of(request.request(), access.authenticator());
    if (user.isEmpty() && !access.strangers().mayCome(Authorize.routed(request))) {
      throw Credentials.unauthorized();
    }
    next.handle(user.map(request::withUser).orElse(request));
  }
}
