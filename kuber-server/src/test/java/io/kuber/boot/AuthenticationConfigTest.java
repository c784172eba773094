package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.TokenIssuer;
import io.kuber.server.join.JoinDesk;
import io.kuber.server.login.OpenIdFlags;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.server.trust.TestClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of those who come without credentials, and what may not be said twice. */
final class AuthenticationConfigTest {
  private static final String HEAD =
      "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
  private static final String AT_LIVEZ =
      HEAD + "anonymous: {enabled: true, conditions: [{path: /livez}]}\n";

  @TempDir private Path directory;

  private LoginOptions options(String text) throws IOException {
    return LoginOptions.STANDARD.withAuthentication(
        Files.writeString(directory.resolve("authentication.yaml"), text));
  }

  @Test
  void letsStrangersComeWhereTheFileSays() throws Exception {
    ClusterOptions options =
        new ClusterOptions(directory.resolve("data"), 0, "unused").with(options(AT_LIVEZ));
    try (Cluster cluster = Cluster.start(options, new NoNodes(), Progress.SILENT)) {
      ClusterTrust trust = ClusterTrust.open(options.pki(), List.of("127.0.0.1"), Instant.now());
      HttpClient stranger =
          HttpClient.newBuilder().sslContext(TestClients.showing(trust, null)).build();
      Map<String, Integer> answers =
          Map.of("/livez", 200, "/livez/ping", 401, "/readyz", 401, "/version", 401, "/api", 401);
      for (Map.Entry<String, Integer> each : answers.entrySet()) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(cluster.address() + each.getKey()))
                .timeout(Duration.ofMinutes(2))
                .build();
        assertThat(stranger.send(request, BodyHandlers.discarding()).statusCode())
            .as(each.getKey())
            .isEqualTo(each.getValue());
      }
    }
  }

  @Test
  void goesByTheOptionWhereTheFileDoesNotSay() throws Exception {
    assertThat(options(HEAD).opened(Instant::now, TokenIssuer.NAME).strangers().mayCome("/version"))
        .isTrue();
    Logins closed = options(HEAD).withAnonymous(false).opened(Instant::now, TokenIssuer.NAME);
    assertThat(closed.strangers().mayCome("/version")).isFalse();
    assertThat(closed.strangers().mayCome("/" + JoinDesk.PATH)).isTrue();
  }

  @Test
  void doesNotStartWithWhatIsSaidTwice() throws Exception {
    LoginOptions both = options(AT_LIVEZ).withAnonymous(true);
    assertThatThrownBy(() -> both.opened(Instant::now, TokenIssuer.NAME))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("--anonymous-auth", "--authentication-config");
    OpenIdFlags flags =
        new OpenIdFlags(
            URI.create("https://a"),
            "kuber",
            "sub",
            "",
            "",
            "",
            Map.of(),
            List.of("RS256"),
            Optional.empty());
    assertThatThrownBy(
            () ->
                new LoginOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(flags),
                    Optional.of(directory),
                    Optional.empty(),
                    FrontOptions.NONE))
        .hasMessageContainingAll("--authentication-config", "--oidc-issuer-url");
  }

  @Test
  void doesNotStartWithAFileThatIsWrong() throws Exception {
    LoginOptions wrong = options(HEAD + "jwt: [{issuer: {url: 'http://a'}}]\n");
    assertThatThrownBy(() -> wrong.opened(Instant::now, TokenIssuer.NAME))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll(
            "--authentication-config",
            "authentication.yaml",
            "jwt[0].issuer.url",
            "jwt[0].issuer.audiences",
            "jwt[0].claimMappings.username");
  }
}
