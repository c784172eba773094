package io.kuber.server.login;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The OpenID provider whose tokens count, and what is made of their claims ({@code --oidc-*};
 * apiserver, plugin/pkg/authenticator/token/oidc).
 *
 * @param issuer an https URL, exactly as the tokens have it
 * @param clientId the audience that the tokens have to be meant for
 * @param usernameClaim the claim that is the user's name
 * @param usernamePrefix before that name; {@code -} for none; empty for the issuer and {@code #},
 *     but for none where the claim is {@code email}
 * @param groupsClaim the claim that lists groups; empty for none
 * @param groupsPrefix before each group
 * @param required claims that have to have these values
 * @param algorithms that tokens may be signed with, such as {@code RS256}
 * @param authority PEM of who vouches for the provider; empty for the authorities of the JDK
 */
public record OpenIdConfig(
    URI issuer,
    String clientId,
    String usernameClaim,
    String usernamePrefix,
    String groupsClaim,
    String groupsPrefix,
    Map<String, String> required,
    List<String> algorithms,
    Optional<Path> authority) {
  private static final String EMAIL = "email";
  private static final String NO_PREFIX = "-";

  /** Checks what can be checked before anybody is asked. */
  public OpenIdConfig {
    required = Map.copyOf(required);
    algorithms = List.copyOf(algorithms);
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException(
          "--oidc-client-id is missing: without it, tokens that users gave to other programs would"
              + " count");
    }
    if (usernameClaim.isEmpty()) {
      throw new IllegalArgumentException("--oidc-username-claim: no claim is named");
    }
    for (String algorithm : algorithms) {
      if (SignatureAlgorithm.named(algorithm).isEmpty()) {
        throw new IllegalArgumentException(
            "--oidc-signing-algs: " + algorithm + " is none of " + SignatureAlgorithm.names());
      }
    }
  }

  /** The URL of an issuer, checked. */
  public static URI issuer(String text) {
    try {
      URI issuer = new URI(text);
      if (!"https".equals(issuer.getScheme()) || issuer.getHost() == null) {
        throw new IllegalArgumentException(
            "--oidc-issuer-url: " + text + " has to be of the form https://HOST");
      }
      if (issuer.getQuery() != null || issuer.getFragment() != null) {
        throw new IllegalArgumentException(
            "--oidc-issuer-url: " + text + " must have no query and no fragment");
      }
      return issuer;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("--oidc-issuer-url: " + e.getMessage(), e);
    }
  }

  boolean isByEmail() {
    return usernameClaim.equals(EMAIL);
  }

  /** What stands before a user's name. */
  String prefix() {
    if (usernamePrefix.equals(NO_PREFIX)) {
      return "";
    }
    return usernamePrefix.isEmpty() && !isByEmail() ? issuer + "#" : usernamePrefix;
  }
}
