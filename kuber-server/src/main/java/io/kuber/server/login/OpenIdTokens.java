package io.kuber.server.login;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.access.TokenIssuer;
import io.kuber.object.Tree;
import io.kuber.server.trust.SignedText;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the tokens of an OpenID provider, by the keys that it shows.
 *
 * <p>Keys are fetched when the first token comes, when one was signed with a key that is not known,
 * as after the provider has changed it, and once in a while, so that a key that was taken back does
 * not count for long. A provider that is away keeps nobody out whose key is known. For any thread;
 * one at a time fetches, the others wait for it.
 */
public final class OpenIdTokens implements Authenticator {
  /** However many tokens have unknown keys, the provider is asked no more often. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdTokens.class);

  private final OpenIdConfig config;
  private final ProviderKeys provider;
  private final InstantSource clock;
  private volatile KeySet keys = KeySet.EMPTY;
  private volatile Instant fetchedAt = Instant.MIN;

  /** Guarded by this object. */
  private Instant askedAt = Instant.MIN;

  private OpenIdTokens(OpenIdConfig config, ProviderKeys provider, InstantSource clock) {
    this.config = config;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * Tokens of a provider that options name, which is not asked yet: it may run in this very
   * cluster.
   *
   * @throws IOException when the file of its authority cannot be used
   */
  public static OpenIdTokens of(OpenIdFlags flags, InstantSource clock) throws IOException {
    return of(flags.read(), clock);
  }

  /** Tokens of a provider, which is not asked yet. */
  static OpenIdTokens of(OpenIdConfig config, InstantSource clock) {
    return new OpenIdTokens(config, new ProviderKeys(config.issuer()), clock);
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    Optional<SignedText> text =
        SignedText.parse(token)
            .filter(found -> found.unverifiedIssuer().equals(config.issuer().url().toString()));
    if (text.isEmpty() || audiences.stream().noneMatch(TokenIssuer.API_AUDIENCES::contains)) {
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
        .map(said -> new OpenIdClaims(config, said, clock.instant()).judged())
        .orElseGet(() -> new Refused("oidc: verify token: failed to verify id token signature"));
  }

  private Optional<Tree> signed(SignedText text, SignatureAlgorithm algorithm) {
    if (clock.instant().isAfter(fetchedAt.plus(FRESH))
        || keys.of(text.keyId(), algorithm).isEmpty()) {
      fetch();
    }
    for (PublicKey key : keys.of(text.keyId(), algorithm)) {
      Optional<Tree> said = text.claims(key, algorithm.jdkName());
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }

  private synchronized void fetch() {
    Instant now = clock.instant();
    if (now.isBefore(askedAt.plus(PAUSE))) {
      return;
    }
    askedAt = now;
    try {
      keys = provider.fetch();
      fetchedAt = now;
    } catch (IOException e) {
      LOG.warn("the OpenID provider {} shows no keys: {}", config.issuer().url(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
