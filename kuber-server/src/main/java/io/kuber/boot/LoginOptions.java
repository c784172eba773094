package io.kuber.boot;

import io.kuber.access.Authenticator;
import io.kuber.access.PlainTokens;
import io.kuber.access.Strangers;
import io.kuber.server.login.AuthenticationFile;
import io.kuber.server.login.OpenIdFlags;
import io.kuber.server.login.OpenIdTokens;
import io.kuber.server.login.TokenFile;
import io.kuber.server.login.WebhookTokenConfig;
import io.kuber.server.login.WebhookTokens;
import io.kuber.server.metric.LoginMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in, besides those with a certificate of the cluster and its service accounts.
 *
 * @param anonymous whether one may come without credentials, where the owner has said so
 * @param tokenFile users with tokens that do not change
 * @param openId a provider of users
 * @param authentication a file that names providers of users instead, and where one may come
 *     without credentials
 * @param webhook a server that knows tokens
 * @param front proxies that tell of users
 */
public record LoginOptions(
    Optional<Boolean> anonymous,
    Optional<Path> tokenFile,
    Optional<OpenIdFlags> openId,
    Optional<Path> authentication,
    Optional<WebhookTokenConfig> webhook,
    FrontOptions front) {
  /** Nobody else; anonymous requests have what roles give to everybody. */
  public static final LoginOptions STANDARD =
      new LoginOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          FrontOptions.NONE);

  /** Checks that no two say the same. */
  public LoginOptions {
    if (openId.isPresent() && authentication.isPresent()) {
      throw new IllegalArgumentException(
          "--authentication-config and --oidc-issuer-url are mutually exclusive: write the provider"
              + " into the file");
    }
  }

  /** The same where the owner says whether one may come without credentials. */
  public LoginOptions withAnonymous(boolean anonymous) {
    return new LoginOptions(
        Optional.of(anonymous), tokenFile, openId, authentication, webhook, front);
  }

  /** The same with a file of tokens. */
  public LoginOptions withTokens(Path file) {
    return new LoginOptions(anonymous, Optional.of(file), openId, authentication, webhook, front);
  }

  /** The same with a file that names providers of users. */
  public LoginOptions withAuthentication(Path file) {
    return new LoginOptions(anonymous, tokenFile, openId, Optional.of(file), webhook, front);
  }

  /** The same with proxies. */
  public LoginOptions with(FrontOptions proxies) {
    return new LoginOptions(anonymous, tokenFile, openId, authentication, webhook, proxies);
  }

  /**
   * Reads the files that are named.
   *
   * @param issuer of the tokens of the cluster itself, which is also what the API server calls
   *     itself
   * @throws StartException when one cannot be used; it says which
   */
  Logins opened(InstantSource clock, String issuer) throws StartException {
    List<Authenticator> first = new ArrayList<>();
    List<Authenticator> last = new ArrayList<>();
    try {
      if (tokenFile.isPresent()) {
        first.add(new PlainTokens(TokenFile.read(tokenFile.get()), List.of(issuer)));
      }
      if (openId.isPresent()) {
        last.add(OpenIdTokens.of(openId.get(), clock, List.of(issuer)));
      }
      LoginMetrics metrics = new LoginMetrics();
      Optional<AuthenticationFile> file = opened(clock, metrics, issuer);
      file.ifPresent(last::add);
      if (webhook.isPresent()) {
        last.add(WebhookTokens.of(webhook.get(), clock, List.of(issuer)));
      }
      return new Logins(() -> strangers(file), first, last, front.opened(), file, metrics);
    } catch (IOException e) {
      throw new StartException("cannot tell users: " + e.getMessage());
    }
  }

  private Optional<AuthenticationFile> opened(
      InstantSource clock, LoginMetrics metrics, String issuer) throws IOException {
    return authentication.isPresent()
        ? Optional.of(
            AuthenticationFile.open(
                authentication.get(), clock, metrics, anonymous.isEmpty(), issuer))
        : Optional.empty();
  }

  private Strangers strangers(Optional<AuthenticationFile> file) {
    return file.flatMap(AuthenticationFile::strangers)
        .orElseGet(() -> new Strangers(anonymous.orElse(true), Set.of()));
  }
}
