package io.kuber.server.chain;

import io.kuber.access.Access;
import io.kuber.access.User;
import java.util.Optional;

/**
 * Finds out who sends the request ({@link HeaderUsers}, {@link Credentials}). Headers that tell of
 * users go no further, whether or not they were believed. Without credentials the request is
 * anonymous, where that is allowed; those that do not hold are refused.
 */
final class Authenticate implements Link {
  private final Access access;
  private final HeaderUsers proxied;

  Authenticate(Access access, HeaderUsers proxied) {
    this.access = access;
    this.proxied = proxied;
  }

  @Override
  public void handle(ServerRequest request, RequestHandler next) throws Exception {
    Optional<User> user = proxied.of(request.request());
    if (user.isEmpty()) {
      user = Credentials.of(request.request(), access);
    }
    if (user.isEmpty() && !access.strangers().mayCome(Authorize.routed(request))) {
      throw Credentials.unauthorized();
    }
    ServerRequest known = user.map(request::withUser).orElse(request);
    next.handle(known.withoutUsersIn(proxied));
  }
}
