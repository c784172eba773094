package io.kuber.access;

import java.util.List;
import java.util.Optional;

/** Makes tokens that an {@link Authenticator} knows again. May be asked from any thread. */
@FunctionalInterface
public interface TokenIssuer {
  /** The name of the issuer of clusters whose owner chooses no domain. */
  String NAME = "https://kubernetes.default.svc.cluster.local";

  /** What the API server of such a cluster calls itself as an audience. */
  List<String> API_AUDIENCES = List.of(NAME);

  /** Issues no tokens. */
  TokenIssuer NONE = claims -> Optional.empty();

  /** The name of the issuer of a cluster with a domain: where its pods find the API. */
  static String named(String domain) {
    return "https://kubernetes.default.svc." + domain;
  }

  /**
   * For whom tokens are meant that nobody else is named for: what the API server calls itself. None
   * where only the API server itself knows.
   */
  default List<String> audiences() {
    return API_AUDIENCES;
  }

  /** A token that says just this; empty where no tokens are issued. */
  Optional<String> issue(TokenClaims claims);

  /** The same for a token that a Secret keeps: always the same for the same claims. */
  default Optional<String> issue(SecretClaims claims) {
    return Optional.empty();
  }
}
