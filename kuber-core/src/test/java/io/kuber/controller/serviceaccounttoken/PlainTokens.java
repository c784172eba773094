package io.kuber.controller.serviceaccounttoken;

import io.kuber.access.SecretClaims;
import io.kuber.access.TokenClaims;
import io.kuber.access.TokenIssuer;
import java.util.Optional;

/** Tokens that anybody can read. */
final class PlainTokens implements TokenIssuer {
  @Override
  public Optional<String> issue(TokenClaims claims) {
    return Optional.empty();
  }

  @Override
  public Optional<String> issue(SecretClaims claims) {
    return Optional.of(
        "%s of %s/%s %s"
            .formatted(
                claims.secret(),
                claims.namespace(),
                claims.account().name(),
                claims.account().uid()));
  }
}
