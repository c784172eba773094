package io.kuber.server.login;

import io.kuber.server.trust.AuthorityFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An OpenID provider as options name it ({@code --oidc-*}); a file may name several, see {@link
 * AuthenticationFile}.
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
public record OpenIdFlags(
    URI issuer,
    String clientId,
    String usernameClaim,
    String usernamePrefix,
    String groupsClaim,
    String groupsPrefix,
    Map<String, String> required,
    List<String> algorithms,
    Optional<Path> authority) {
  private static final String NO_PREFIX = "-";

  /** Checks what can be checked before anybody is asked. */
  public OpenIdFlags {
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

  /**
   * The provider that is meant.
   *
   * @throws IOException when the file of its authority cannot be used
   */
  OpenIdConfig read() throws IOException {
    List<ClaimCheck> checks = new ArrayList<>();
    new TreeMap<>(required)
        .forEach((claim, value) -> checks.add(new ClaimCheck.Equal(claim, value)));
    ClaimSource groups =
        groupsClaim.isEmpty() ? ClaimSource.NONE : new ClaimSource.Claim(groupsClaim, groupsPrefix);
    return new OpenIdConfig(
        new OpenIdIssuer(
            issuer,
            OpenIdIssuer.discovery(issuer),
            List.of(clientId),
            "",
            AuthorityFile.context(authority)),
        new ClaimMapping(
            new ClaimSource.Claim(usernameClaim, prefix()), groups, ClaimSource.NONE, Map.of()),
        checks,
        List.of(),
        algorithms);
  }

  /** What stands before a user's name. */
  private String prefix() {
    if (usernamePrefix.equals(NO_PREFIX)) {
      return "";
    }
    boolean byEmail = usernameClaim.equals(ClaimSource.EMAIL);
    return usernamePrefix.isEmpty() && !byEmail ? issuer + "#" : usernamePrefix;
  }
}
