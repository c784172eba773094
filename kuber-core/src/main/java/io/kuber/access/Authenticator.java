package io.kuber.access;

import java.util.List;

/** Knows whose tokens there are. May be asked from any thread. */
@FunctionalInterface
public interface Authenticator {
  /** Knows no token. */
  Authenticator NONE = (token, audiences) -> new Authentication.Refused("");

  /**
   * Whom the token belongs to.
   *
   * @param audiences who asks; the token has to be meant for at least one of them
   */
  Authentication authenticate(String token, List<String> audiences);
}
