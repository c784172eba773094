package io.kuber.server.login;

import io.kuber.access.Strangers;
import java.util.List;
import java.util.Optional;

/**
 * What an {@code AuthenticationConfiguration} says.
 *
 * @param providers whose tokens count
 * @param anonymous where one may come without credentials, if it says so
 */
record AuthenticationConfig(List<OpenIdConfig> providers, Optional<Strangers> anonymous) {
  /** Copies the list. */
  AuthenticationConfig {
    providers = List.copyOf(providers);
  }
}
