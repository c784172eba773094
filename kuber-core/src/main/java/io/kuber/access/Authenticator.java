package io.kuber.access;

import java.util.Optional;

/** Knows whose tokens there are. May be asked from any thread. */
@FunctionalInterface
public interface Authenticator {
  /** Knows no token. */
  Authenticator NONE = token -> Optional.empty();

  /** Who the token belongs to; empty when it is nobody's or has ended. */
  Optional<User> authenticate(String token);
}
