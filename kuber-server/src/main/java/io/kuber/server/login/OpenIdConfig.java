package io.kuber.server.login;

import java.util.List;

/**
 * An OpenID provider whose tokens count, and what is made of their claims (apiserver,
 * plugin/pkg/authenticator/token/oidc).
 *
 * @param issuer where it is, and for whom its tokens have to be
 * @param mapping what a user is called
 * @param claimChecks what has to be true of the claims
 * @param userChecks what has to be true of the user
 * @param algorithms that tokens may be signed with, such as {@code RS256}
 */
record OpenIdConfig(
    OpenIdIssuer issuer,
    ClaimMapping mapping,
    List<ClaimCheck> claimChecks,
    List<ClaimCheck> userChecks,
    List<String> algorithms) {
  /** Copies the lists. */
  OpenIdConfig {
    claimChecks = List.copyOf(claimChecks);
    userChecks = List.copyOf(userChecks);
    algorithms = List.copyOf(algorithms);
  }
}
