package io.kuber.server.login;

import static io.kuber.server.login.TestTokens.jwk;
import static io.kuber.server.login.TestTokens.keySet;
import static io.kuber.server.login.TestTokens.keys;
import static io.kuber.server.login.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Strangers;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.metric.LoginMetrics;
import io.kuber.server.metric.ServerMetrics;
import io.kuber.server.trust.ServerTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two providers behind one server of this machine, which tells of them at other places. */
final class AuthenticationFileTest {
  private static final String ONE = "https://one.example/realm";
  private static final String TWO = "https://two.example";
  private static final KeyPair KEY_ONE = keys("RSA", 2048);
  private static final KeyPair KEY_TWO = keys("EC", 256);

  private final Instant now = Instant.now();

  @TempDir private Path directory;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final LoginMetrics metrics = new LoginMetrics();
  private HttpServer server;
  private String authority;
  private Path file;

  @BeforeEach
  void startProviders() throws Exception {
    ServerTrust trust = ServerTrust.create("provider", List.of("127.0.0.1"), now);
    authority = trust.authority().certificatePem();
    TlsConfig tls =
        new TlsConfig(trust.server().key(), List.of(trust.server().certificate()), List.of());
    server =
        HttpServer.start(
            HttpServerConfig.https(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), tls),
            exchange -> {
              String path = exchange.request().path();
              asked.add(path);
              Tree answer =
                  switch (path) {
                    case "/of-one" -> Tree.of("issuer", ONE, "jwks_uri", address() + "/keys-one");
                    case "/of-two" -> Tree.of("issuer", TWO, "jwks_uri", address() + "/keys-two");
                    case "/keys-one" -> keySet(jwk("k", KEY_ONE));
                    default -> keySet(jwk("k", KEY_TWO));
                  };
              exchange.respond(Response.of(200, "application/json", Json.print(answer)));
            });
    file = directory.resolve("authentication.yaml");
  }

  @AfterEach
  void stopProviders() {
    server.close();
  }

  private String address() {
    return "https://127.0.0.1:" + server.port();
  }

  private String provider(String issuer, String discovery, String prefix) {
    return """
    - issuer:
        url: %s
        discoveryURL: %s
        audiences: [kuber, other]
        audienceMatchPolicy: MatchAny
        certificateAuthority: |
    %s
      claimMappings:
        username: {expression: '"%s" + claims.sub'}
    """
        .formatted(issuer, address() + discovery, authority.indent(6), prefix);
  }

  private void write(String... providers) throws IOException {
    Files.writeString(
        file,
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n"
            + String.join("", providers));
  }

  private AuthenticationFile opened() throws IOException {
    return AuthenticationFile.open(file, () -> now, metrics, true, TokenIssuer.NAME);
  }

  private String token(String issuer, KeyPair key) throws Exception {
    Tree claims =
        Tree.of("iss", issuer, "aud", "other", "sub", "alice")
            .with("exp", now.getEpochSecond() + 60);
    return signed(key == KEY_ONE ? "RS256" : "ES256", "k", key, claims);
  }

  private static Authentication ask(AuthenticationFile logins, String token) {
    return logins.authenticate(token, TokenIssuer.API_AUDIENCES);
  }

  private String counted() {
    return new ServerMetrics("v1").with(metrics).text();
  }

  @Test
  void knowsTheTokensOfSeveralProvidersThatTellOfThemselvesElsewhere() throws Exception {
    write(provider(ONE, "/of-one", "one:"), provider(TWO, "/of-two", "two:"));
    AuthenticationFile logins = opened();
    assertThat(asked).as("providers may run in this very cluster").isEmpty();
    assertThat(((Known) ask(logins, token(ONE, KEY_ONE))).user())
        .isEqualTo(User.known("one:alice"));
    assertThat(asked).containsExactly("/of-one", "/keys-one");
    assertThat(((Known) ask(logins, token(TWO, KEY_TWO))).user())
        .isEqualTo(User.known("two:alice"));
    assertThat(((Refused) ask(logins, token(TWO, KEY_ONE))).why())
        .as("the key of one does not speak for the other")
        .contains("signature");
    assertThat(((Refused) ask(logins, token("https://three.example", KEY_ONE))).why()).isEmpty();
  }

  @Test
  void believesNoProviderThatTellsOfAnother() throws Exception {
    write(provider(ONE, "/of-two", ""));
    assertThat(ask(opened(), token(ONE, KEY_TWO))).isInstanceOf(Refused.class);
    assertThat(asked).containsExactly("/of-two");
  }

  @Test
  void readsTheFileAgainWhenItChanges() throws Exception {
    write(provider(ONE, "/of-one", "one:"));
    AuthenticationFile logins = opened();
    logins.look();
    assertThat(counted()).as("nothing changed").doesNotContain("status=");
    assertThat(ask(logins, token(TWO, KEY_TWO))).isInstanceOf(Refused.class);
    write(provider(TWO, "/of-two", "two:"));
    logins.look();
    assertThat(ask(logins, token(TWO, KEY_TWO))).isInstanceOf(Known.class);
    assertThat(ask(logins, token(ONE, KEY_ONE)))
        .as("a provider that was taken out")
        .isInstanceOf(Refused.class);
    assertThat(counted())
        .contains(
            "apiserver_authentication_config_controller_automatic_reloads_total{status=\"success\"} 1",
            "apiserver_authentication_config_controller_automatic_reload_last_timestamp_seconds"
                + "{status=\"success\"} "
                + now.getEpochSecond());
  }

  @Test
  void keepsTheKeysOfAnIssuerThatIsAwayWhenTheFileChanges() throws Exception {
    write(provider(ONE, "/of-one", "one:"));
    AuthenticationFile logins = opened();
    assertThat(ask(logins, token(ONE, KEY_ONE))).isInstanceOf(Known.class);
    String elsewhere = provider(TWO, "/of-two", "two:");
    String same = provider(ONE, "/of-one", "uno:");
    server.close();
    write(same, elsewhere);
    logins.look();
    assertThat(((Known) ask(logins, token(ONE, KEY_ONE))).user())
        .as("the rules are the new ones, the keys those that it showed")
        .isEqualTo(User.known("uno:alice"));
    assertThat(ask(logins, token(TWO, KEY_TWO))).isInstanceOf(Refused.class);
    write(same.replace("/of-one", "/of-uno"));
    logins.look();
    assertThat(ask(logins, token(ONE, KEY_ONE)))
        .as("one that tells of itself elsewhere may be another")
        .isInstanceOf(Refused.class);
  }

  @Test
  void readsAgainWhereStrangersMayCome() throws Exception {
    String head = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
    Files.writeString(file, head + "anonymous: {enabled: true, conditions: [{path: /livez}]}\n");
    AuthenticationFile logins = opened();
    assertThat(logins.strangers()).contains(Strangers.onlyAt("/livez"));
    Files.writeString(file, head + "anonymous: {enabled: false}\n");
    logins.look();
    assertThat(logins.strangers()).contains(Strangers.onlyAt());
    Files.writeString(file, head);
    logins.look();
    assertThat(logins.strangers()).isEmpty();
  }

  @Test
  void doesNotGoOnWithWhatAnOptionSaysToo() throws Exception {
    String head = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
    Files.writeString(file, head);
    AuthenticationFile logins =
        AuthenticationFile.open(file, () -> now, metrics, false, TokenIssuer.NAME);
    Files.writeString(file, head + "anonymous: {enabled: true}\n");
    assertThatThrownBy(logins::look).hasMessageContaining("--anonymous-auth");
    assertThat(logins.strangers()).isEmpty();
  }

  @Test
  void goesOnWithWhatItHadWhenTheFileBreaks() throws Exception {
    write(provider(ONE, "/of-one", "one:"));
    AuthenticationFile logins = opened();
    write(provider(ONE, "/of-one", "one:").replace("audiences: [kuber, other]", "audiences: []"));
    assertThatThrownBy(logins::look)
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "--authentication-config " + file, "jwt[0].issuer.audiences: Required value");
    logins.look();
    assertThat(ask(logins, token(ONE, KEY_ONE))).isInstanceOf(Known.class);
    assertThat(counted())
        .as("told and counted once")
        .contains("automatic_reloads_total{status=\"failure\"} 1");
    Files.delete(file);
    assertThatThrownBy(logins::look).isInstanceOf(IOException.class);
    assertThat(ask(logins, token(ONE, KEY_ONE))).isInstanceOf(Known.class);
    write(provider(TWO, "/of-two", "two:"));
    logins.look();
    assertThat(ask(logins, token(TWO, KEY_TWO))).isInstanceOf(Known.class);
  }
}
