package io.kuber.server.login;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of the claims of a token whose signature holds. Pure; the texts are those of the
 * plugin upstream and of go-oidc.
 */
record OpenIdClaims(OpenIdConfig config, Tree said, Instant now) {
  /** How far the provider's clock may be ahead of ours. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  Authentication judged() {
    return time()
        .or(this::audience)
        .or(this::required)
        .or(this::name)
        .<Authentication>map(why -> new Refused("oidc: " + why))
        .orElseGet(() -> new Known(user(), TokenIssuer.API_AUDIENCES));
  }

  private Optional<String> time() {
    long end = said.number(-1, "exp");
    long begin = said.number(0, "nbf");
    if (end < 0 || !now.isBefore(Instant.ofEpochSecond(end))) {
      return Optional.of("verify token: oidc: token is expired");
    }
    return now.plus(LEEWAY).isBefore(Instant.ofEpochSecond(begin))
        ? Optional.of("verify token: oidc: current time before the nbf (not before) time")
        : Optional.empty();
  }

  private Optional<String> audience() {
    List<String> audiences = list("aud");
    return audiences.contains(config.clientId())
        ? Optional.empty()
        : Optional.of(
            "verify token: oidc: expected audience \"" + config.clientId() + "\" got " + audiences);
  }

  private Optional<String> required() {
    return config.required().entrySet().stream()
        .filter(claim -> !said.text(claim.getKey()).equals(claim.getValue()))
        .map(
            claim ->
                said.has(claim.getKey())
                    ? "required claim " + claim.getKey() + " value does not match"
                    : "required claim " + claim.getKey() + " not present in ID token")
        .sorted()
        .findFirst();
  }

  private Optional<String> name() {
    if (said.text(config.usernameClaim()).isEmpty()) {
      return Optional.of(
          "parse username claims \"" + config.usernameClaim() + "\": claim not present");
    }
    boolean unverified =
        config.isByEmail() && said.has("email_verified") && !said.isTrue("email_verified");
    return unverified ? Optional.of("email not verified") : Optional.empty();
  }

  private User user() {
    List<String> groups = new ArrayList<>();
    if (!config.groupsClaim().isEmpty()) {
      list(config.groupsClaim()).forEach(group -> groups.add(config.groupsPrefix() + group));
    }
    groups.add(User.AUTHENTICATED);
    return new User(config.prefix() + said.text(config.usernameClaim()), "", groups, Map.of());
  }

  /** A claim that may be a text or a list of them. */
  private List<String> list(String claim) {
    String one = said.text(claim);
    return one.isEmpty() ? said.items(claim).texts() : List.of(one);
  }
}
