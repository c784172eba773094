package io.kuber.server.login;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.object.Tree;
import io.kuber.server.trust.SignedText;
import java.io.IOException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Knows the tokens of an OpenID provider, by the keys that it shows. For any thread. */
public final class OpenIdTokens implements Authenticator {
  private final OpenIdConfig config;
  private final IssuerKeys keys;
  private final InstantSource clock;
  private final List<String> api;

  /** Tokens of a provider. */
  OpenIdTokens(OpenIdConfig config, IssuerKeys keys, InstantSource clock, List<String> api) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
    this.api = List.copyOf(api);
  }

  /**
   * Tokens of a provider that options name, which is not asked yet: it may run in this very
   * cluster.
   *
   * @param api what the API server calls itself
   * @throws IOException when the file of its authority cannot be used
   */
  public static OpenIdTokens of(OpenIdFlags flags, InstantSource clock, List<String> api)
      throws IOException {
    return of(flags.read(), clock, api);
  }

  /** Tokens of a provider, which is not asked yet. */
  static OpenIdTokens of(OpenIdConfig config, InstantSource clock, List<String> api) {
    return new OpenIdTokens(config, new IssuerKeys(config.issuer(), clock), clock, api);
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    Optional<SignedText> text =
        SignedText.parse(token)
            .filter(found -> found.unverifiedIssuer().equals(config.issuer().url().toString()));
    if (text.isEmpty() || audiences.stream().noneMatch(api::contains)) {
      return new Refused("");
    }
    Optional<SignatureAlgorithm> algorithm =
        Optional.of(text.get().algorithm())
            .filter(config.algorithms()::contains)
            .flatMap(SignatureAlgorithm::named);
    if (algorithm.isEmpty()) {
      return new Refused(
          "oidc: verify token: oidc: id token signed with unsupported algorithm, expected "
              + config.algorithms()
              + " got \""
              + text.get().algorithm()
              + "\"");
    }
    return signed(text.get(), algorithm.get())
        .map(said -> new OpenIdClaims(config, said, clock.instant(), api).judged())
        .orElseGet(() -> new Refused("oidc: verify token: failed to verify id token signature"));
  }

  private Optional<Tree> signed(SignedText text, SignatureAlgorithm algorithm) {
    for (PublicKey key : keys.of(text.keyId(), algorithm)) {
      Optional<Tree> said = text.claims(key, algorithm.jdkName());
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }
}
