package io.kuber.server.trust;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authenticator;
import io.kuber.access.SecretClaims;
import io.kuber.access.TokenClaims;
import io.kuber.access.TokenIssuer;
import io.kuber.object.Tree;
import io.kuber.store.Image;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Issues the tokens of service accounts and knows them again (pkg/serviceaccount/jwt.go).
 *
 * <p>Tokens that the cluster gave out before its owner chose another domain stay good: they are of
 * {@link TokenIssuer#NAME}, and for the API server under that name.
 *
 * <p>No token is kept: its signature says where it comes from, and the newest image whether its
 * account and what it is bound to are still there. For any thread.
 */
public final class ServiceAccountTokens implements TokenIssuer, Authenticator {
  private final Supplier<SigningKey> key;
  private final Supplier<Image> image;
  private final InstantSource clock;
  private final String issuer;
  private final Set<String> issuers;

  /**
   * Tokens of one key.
   *
   * @param key gives always the same one; asked only when there is something to sign or to check
   * @param image the newest objects
   * @param issuer its name, which is also what the API server calls itself
   */
  public ServiceAccountTokens(
      Supplier<SigningKey> key, Supplier<Image> image, InstantSource clock, String issuer) {
    this.key = key;
    this.image = image;
    this.clock = clock;
    this.issuer = issuer;
    this.issuers = issuer.equals(NAME) ? Set.of(NAME) : Set.of(issuer, NAME);
  }

  @Override
  public List<String> audiences() {
    return List.of(issuer);
  }

  @Override
  public Optional<String> issue(TokenClaims claims) {
    return Optional.of(Jwt.signed(TokenText.of(claims, issuer), key.get()));
  }

  @Override
  public Optional<String> issue(SecretClaims claims) {
    return Optional.of(Jwt.signed(SecretTokenText.of(claims), key.get()));
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    return Jwt.verified(token, key.get())
        .flatMap(said -> authenticate(said, token, audiences))
        .orElseGet(() -> new Refused(""));
  }

  private Optional<Authentication> authenticate(Tree said, String token, List<String> audiences) {
    return TokenText.parse(said, issuers)
        .map(claims -> authenticate(claims, audiences))
        .or(
            () ->
                SecretTokenText.parse(said).map(claims -> authenticate(claims, token, audiences)));
  }

  /** Tokens of Secrets name no audience: they are meant for the API server alone. */
  private Authentication authenticate(SecretClaims claims, String token, List<String> audiences) {
    List<String> meant = audiences.stream().filter(audiences()::contains).toList();
    SecretTokenCheck check = new SecretTokenCheck(claims, token, image.get());
    return meant.isEmpty()
        ? new Refused("token audiences [] is invalid for the target audiences " + quoted(audiences))
        : check
            .refusal()
            .<Authentication>map(Refused::new)
            .orElseGet(() -> new Known(check.user(), meant));
  }

  private Authentication authenticate(TokenClaims claims, List<String> audiences) {
    List<String> said = claims.audiences();
    boolean isForApi = said.contains(NAME);
    List<String> meant =
        audiences.stream()
            .filter(audience -> said.contains(audience) || isForApi && audience.equals(issuer))
            .toList();
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
