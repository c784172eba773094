package io.kuber.boot;

import io.kuber.access.Authenticator;
import io.kuber.access.PlainTokens;
import io.kuber.server.login.OpenIdConfig;
import io.kuber.server.login.OpenIdTokens;
import io.kuber.server.login.TokenFile;
import io.kuber.server.login.WebhookTokenConfig;
import io.kuber.server.login.WebhookTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may come in, besides those with a certificate of the cluster and its service accounts.
 *
 * @param anonymous whether one may come without credentials
 * @param tokenFile users with tokens that do not change
 * @param openId a provider of users
 * @param webhook a server that knows tokens
 * @param front proxies that tell of users
 */
public record LoginOptions(
    boolean anonymous,
    Optional<Path> tokenFile,
    Optional<OpenIdConfig> openId,
    Optional<WebhookTokenConfig> webhook,
    FrontOptions front) {
  /** Nobody else; anonymous requests have what roles give to everybody. */
  public static final LoginOptions STANDARD =
      new LoginOptions(true, Optional.empty(), Optional.empty());

  /** The same without webhook and proxies. */
  public LoginOptions(boolean anonymous, Optional<Path> tokenFile, Optional<OpenIdConfig> openId) {
    this(anonymous, tokenFile, openId, Optional.empty(), FrontOptions.NONE);
  }

  /**
   * Reads the files that are named.
   *
   * @throws StartException when one cannot be used; it says which
   */
  Logins opened(InstantSource clock) throws StartException {
    List<Authenticator> first = new ArrayList<>();
    List<Authenticator> last = new ArrayList<>();
    try {
      if (tokenFile.isPresent()) {
        first.add(new PlainTokens(TokenFile.read(tokenFile.get())));
      }
      if (openId.isPresent()) {
        last.add(OpenIdTokens.of(openId.get(), clock));
      }
      if (webhook.isPresent()) {
        last.add(WebhookTokens.of(webhook.get(), clock));
      }
      return new Logins(anonymous, first, last, front.opened());
    } catch (IOException e) {
      throw new StartException("cannot tell users: " + e.getMessage());
    }
  }
}
