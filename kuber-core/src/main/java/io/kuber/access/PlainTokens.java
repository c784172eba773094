package io.kuber.access;

import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokens that say nothing of whom they are meant for: they are good for the API server, and for
 * nobody else (apiserver, pkg/authentication/authenticator, WrapAudienceAgnosticToken).
 *
 * @param users whose a token is; may be asked from any thread
 * @param api what the API server calls itself
 */
public record PlainTokens(Function<String, Optional<User>> users, List<String> api)
    implements Authenticator {
  /** Copies the list. */
  public PlainTokens {
    api = List.copyOf(api);
  }

  @Override
  public Authentication authenticate(String token, List<String> audiences) {
    List<String> meant = audiences.stream().filter(api::contains).toList();
    return meant.isEmpty()
        ? new Refused("")
        : users
            .apply(token)
            .<Authentication>map(user -> new Known(user, meant))
            .orElseGet(() -> new Refused(""));
  }
}
