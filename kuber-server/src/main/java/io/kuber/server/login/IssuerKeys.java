package io.kuber.server.login;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an OpenID provider, as it showed them last.
 *
 * <p>They are fetched when the first token comes, when one was signed with a key that is not known,
 * as after the provider has changed it, and once in a while, so that a key that was taken back does
 * not count for long. A provider that is away keeps nobody out whose key is known. For any thread;
 * one at a time fetches, the others wait for it.
 */
final class IssuerKeys {
  /** However many tokens have unknown keys, the provider is asked no more often. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  private final OpenIdIssuer issuer;
  private final ProviderKeys provider;
  private final InstantSource clock;
  private volatile KeySet keys = KeySet.EMPTY;
  private volatile Instant fetchedAt = Instant.MIN;

  /** Guarded by this object. */
  private Instant askedAt = Instant.MIN;

  /** Those of an issuer, which is not asked yet. */
  IssuerKeys(OpenIdIssuer issuer, InstantSource clock) {
    this.issuer = issuer;
    this.provider = new ProviderKeys(issuer);
    this.clock = clock;
  }

  /** Whether another issuer has the same. */
  boolean areOf(OpenIdIssuer other) {
    return issuer.hasTheKeysOf(other);
  }

  /** The keys that may have signed a token which names one, or none; may ask the provider first. */
  List<PublicKey> of(String id, SignatureAlgorithm algorithm) {
    if (clock.instant().isAfter(fetchedAt.plus(FRESH)) || keys.of(id, algorithm).isEmpty()) {
      fetch();
    }
    return keys.of(id, algorithm);
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
      LOG.warn("the OpenID provider {} shows no keys: {}", issuer.url(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
