package io.kuber.server.join;

import io.kuber.access.User;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Bootstrap tokens as users, {@code system:bootstrap:ID} of the groups that the Secret names
 * (plugin/pkg/auth/authenticator/token/bootstrap): what a node shows before it has a certificate.
 * For any thread.
 *
 * @param image the newest objects
 */
public record BootstrapUsers(Supplier<Image> image, InstantSource clock)
    implements Function<String, Optional<User>> {
  private static final String USER = "system:bootstrap:";
  private static final String GROUP = "system:bootstrappers";

  /** Which groups a token may name besides; no other gives rights away. */
  private static final Pattern MORE = Pattern.compile(GROUP + ":[a-z0-9:-]{0,255}[a-z0-9]");

  @Override
  public Optional<User> apply(String token) {
    BootstrapToken shown;
    try {
      shown = BootstrapToken.parse(token);
    } catch (IllegalArgumentException anotherKind) {
      return Optional.empty();
    }
    Stored secret = image.get().get(TokenSecret.key(shown.id()));
    if (secret == null || secret.object().isBeingDeleted()) {
      return Optional.empty();
    }
    return TokenSecret.of(secret.object())
        .filter(kept -> kept.token().hasSecret(shown.secret()))
        .filter(kept -> !kept.isExpired(clock.instant()))
        .flatMap(BootstrapUsers::user);
  }

  private static Optional<User> user(TokenSecret kept) {
    List<String> groups = new ArrayList<>(List.of(GROUP));
    for (String group : kept.group().split(",", -1)) {
      if (!group.isEmpty() && !MORE.matcher(group).matches()) {
        return Optional.empty();
      }
      if (!group.isEmpty()) {
        groups.add(group);
      }
    }
    groups.add(User.AUTHENTICATED);
    return Optional.of(new User(USER + kept.token().id(), groups));
  }
}
