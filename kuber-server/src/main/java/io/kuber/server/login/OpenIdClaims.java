package io.kuber.server.login;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.User;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the claims of a token whose signature holds. Pure; the texts are those of the
 * plugin upstream and of go-oidc.
 */
record OpenIdClaims(OpenIdConfig config, Tree said, Instant now, List<String> api) {
  /** How far the provider's clock may be ahead of ours. */
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  Authentication judged() {
    Optional<String> bad = time().or(this::audience);
    if (bad.isPresent()) {
      return new Refused("oidc: " + bad.get());
    }
    try {
      return new Known(user(), api);
    } catch (ClaimException e) {
      return new Refused("oidc: " + e.why());
    }
  }

  private User user() throws ClaimException {
    User user = config.mapping().user(said);
    for (ClaimCheck check : config.claimChecks()) {
      check.check(said);
    }
    if (!config.userChecks().isEmpty()) {
      Tree shown = shown(user);
      for (ClaimCheck check : config.userChecks()) {
        check.check(shown);
      }
    }
    return user;
  }

  /** As expressions see it, which is before the group of all who are known is added. */
  private static Tree shown(User user) {
    Tree.Builder extra = Tree.builder();
    user.extra().forEach((key, texts) -> extra.put(key, Items.copyOf(texts)));
    List<String> groups =
        user.groups().stream().filter(group -> !group.equals(User.AUTHENTICATED)).toList();
    return Tree.of("username", user.name(), "uid", user.uid())
        .with("groups", Items.copyOf(groups))
        .with("extra", extra.build());
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
    String one = said.text("aud");
    List<String> audiences = one.isEmpty() ? said.items("aud").texts() : List.of(one);
    List<String> wanted = config.issuer().audiences();
    return audiences.stream().anyMatch(wanted::contains)
        ? Optional.empty()
        : Optional.of("verify token: oidc: expected audience in " + wanted + " got " + audiences);
  }
}
