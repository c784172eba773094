package io.kuber.cli.command;

import io.kuber.boot.LoginOptions;
import io.kuber.cli.output.CommandFailure;
import io.kuber.server.login.OpenIdFlags;
import io.kuber.server.login.WebhookTokenConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may come in; the names of kube-apiserver. */
final class LoginArguments {
  @Option(
      names = "--anonymous-auth",
      paramLabel = "true|false",
      arity = "1",
      description = "whether one may come without credentials (default: true)")
  private @Nullable Boolean anonymous;

  @Option(
      names = "--token-auth-file",
      paramLabel = "FILE",
      description = "users, a line for each: token,user,uid,\"group,group\"")
  private @Nullable Path tokenFile;

  @Option(
      names = "--authentication-config",
      paramLabel = "FILE",
      description = "OpenID providers and where one may come without credentials, as YAML")
  private @Nullable Path authentication;

  @Option(
      names = "--oidc-issuer-url",
      paramLabel = "URL",
      description = "an OpenID provider whose users may come in")
  private @Nullable String issuer;

  @Option(
      names = "--oidc-client-id",
      paramLabel = "ID",
      description = "whom its tokens have to be meant for")
  private String clientId = "";

  @Option(
      names = "--oidc-username-claim",
      paramLabel = "CLAIM",
      description = "the claim that names the user (default: sub)")
  private @Nullable String usernameClaim;

  @Option(
      names = "--oidc-username-prefix",
      paramLabel = "TEXT",
      description =
          "before that name; - for none (default: the issuer and #, before an email none)")
  private String usernamePrefix = "";

  @Option(
      names = "--oidc-groups-claim",
      paramLabel = "CLAIM",
      description = "the claim that lists groups (default: none)")
  private String groupsClaim = "";

  @Option(
      names = "--oidc-groups-prefix",
      paramLabel = "TEXT",
      description = "before the name of each group")
  private String groupsPrefix = "";

  @Option(
      names = "--oidc-required-claim",
      paramLabel = "KEY=VALUE",
      description = "a claim that tokens must have; may be given several times")
  private Map<String, String> required = new LinkedHashMap<>();

  @Option(
      names = "--oidc-signing-algs",
      paramLabel = "ALG",
      split = ",",
      description = "how its tokens are signed (default: RS256)")
  private List<String> algorithms = new ArrayList<>();

  @Option(
      names = "--oidc-ca-file",
      paramLabel = "FILE",
      description = "who vouches for the provider (default: whom Java trusts)")
  private @Nullable Path authority;

  @Option(
      names = "--authentication-token-webhook-config-file",
      paramLabel = "FILE",
      description = "a server that knows tokens, in the form of a kubeconfig")
  private @Nullable Path webhook;

  @Option(
      names = "--authentication-token-webhook-version",
      paramLabel = "VERSION",
      description = "v1 or v1beta1: the TokenReview that it takes (default: v1beta1)")
  private String webhookVersion = "v1beta1";

  @Option(
      names = "--authentication-token-webhook-cache-ttl",
      paramLabel = "DURATION",
      description = "how long its answers hold, such as 30s or 2m (default: 2m)")
  private String webhookTimeToLive = "2m";

  @Mixin private FrontArguments front = new FrontArguments();

  LoginOptions options() {
    checkOneConfiguration();
    return new LoginOptions(
        Optional.ofNullable(anonymous),
        Optional.ofNullable(tokenFile),
        openId(),
        Optional.ofNullable(authentication),
        webhook(),
        front.options());
  }

  private void checkOneConfiguration() {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("issuer-url", issuer != null);
    given.put("client-id", !clientId.isEmpty());
    given.put("username-claim", usernameClaim != null);
    given.put("username-prefix", !usernamePrefix.isEmpty());
    given.put("groups-claim", !groupsClaim.isEmpty());
    given.put("groups-prefix", !groupsPrefix.isEmpty());
    given.put("required-claim", !required.isEmpty());
    given.put("signing-algs", !algorithms.isEmpty());
    given.put("ca-file", authority != null);
    given.forEach(
        (name, isGiven) -> {
          if (isGiven && authentication != null) {
            throw new CommandFailure(
                "--authentication-config and --oidc-"
                    + name
                    + " are mutually exclusive: write the provider into the file");
          }
        });
  }

  private Optional<WebhookTokenConfig> webhook() {
    if (webhook == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new WebhookTokenConfig(
              webhook, webhookVersion, Duration.parse("PT" + webhookTimeToLive)));
    } catch (DateTimeParseException e) {
      throw new CommandFailure(
          "--authentication-token-webhook-cache-ttl: " + webhookTimeToLive + " is no duration");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  private Optional<OpenIdFlags> openId() {
    if (issuer == null) {
      if (!clientId.isEmpty()) {
        throw new CommandFailure("--oidc-client-id needs --oidc-issuer-url");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(
          new OpenIdFlags(
              OpenIdFlags.issuer(issuer),
              clientId,
              usernameClaim == null ? "sub" : usernameClaim,
              usernamePrefix,
              groupsClaim,
              groupsPrefix,
              required,
              algorithms.isEmpty() ? List.of("RS256") : algorithms,
              Optional.ofNullable(authority)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
