package io.kuber.server.trust;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.access.TokenClaims;
import io.kuber.access.TokenIssuer;
import io.kuber.store.Image;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Issues the tokens of service accounts and knows them again (pkg/serviceaccount/jwt.go).
 *
 * <p>No token is kept: its signature says where it comes from, and the newest image whether its
 * account and what it is bound to are still there. For any thread.
 */
public final class ServiceAccountTokens implements TokenIssuer, Authenticator {
  private final Supplier<SigningKey> key;
  private final Supplier<Image> image;
  private final InstantSource clock;

  /**
   * Tokens of one key.
   *
   * @param key gives always the same one; asked only when there is something to sign or to check
   * @param image the newest objects
   */
  public ServiceAccountTokens(
      Supplier<SigningKey> key, Supplier<Image> image, InstantSource clock) {
    this.key = key;
    this.image = image;
    this.clock = clock;
  }

  @Override
  public Optional<String> issue(TokenClaims claims) {
    return Optional.of(Jwt.signed(TokenText.of(claims), key.get()));
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    return Jwt.verified(token, key.get())
        .flatMap(TokenText::parse)
        .map(claims -> authenticate(claims, audiences))
        .orElseGet(() -> new Refused(""));
  }

  private Authentication authenticate(TokenClaims claims, List<String> audiences) {
    List<String> meant = audiences.stream().filter(claims.audiences()::contains).toList();
    if (meant.isEmpty()) {
      return new Refused(
          "token audiences %s is invalid for the target audiences %s"
              .formatted(quoted(claims.audiences()), quoted(audiences)));
    }
    TokenCheck check = new TokenCheck(claims, image.get(), clock.instant());
    return check
        .refusal()
        .<Authentication>map(Refused::new)
        .orElseGet(() -> new Known(check.user(), meant));
  }

  /** A list as Go's %q shows it. */
  private static String quoted(List<String> texts) {
    return texts.isEmpty() ? "[]" : "[\"" + String.join("\" \"", texts) + "\"]";
  }
}
