package io.kuber.access;

import java.util.List;
import java.util.Optional;

/** Makes tokens that an {@link Authenticator} knows again. May be asked from any thread. */
@FunctionalInterface
public interface TokenIssuer {
  /** The name of the issuer, which is also what the API server calls itself as an audience. */
  String NAME = "https://kubernetes.default.svc.cluster.local";

  /** For whom tokens are meant that nobody else is named for: the API server. */
  List<String> API_AUDIENCES = List.of(NAME);

  /** Issues no tokens. */
  TokenIssuer NONE = claims -> Optional.empty();

  /** A token that says just this; empty where no tokens are issued. */
  Optional<String> issue(TokenClaims claims);

  /** The same for a token that a Secret keeps: always the same for the same claims. */
  default Optional<String> issue(SecretClaims claims) {
    return Optional.empty();
  }
}
