package io.kuber.server.login;

import static io.kuber.server.login.TestTokens.base64;
import static io.kuber.server.login.TestTokens.jwk;
import static io.kuber.server.login.TestTokens.keySet;
import static io.kuber.server.login.TestTokens.keys;
import static io.kuber.server.login.TestTokens.signed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.http.HttpServer;
import io.kuber.http.HttpServerConfig;
import io.kuber.http.Response;
import io.kuber.http.TlsConfig;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.server.trust.ServerTrust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a provider on this machine, over TLS, by a clock that tests set. */
final class OpenIdTokensTest {
  private static final KeyPair RSA = keys("RSA", 2048);
  private static final KeyPair OTHER = keys("RSA", 2048);
  private static final KeyPair CURVE = keys("EC", 256);

  @TempDir private Path directory;

  private volatile Instant now = Instant.now();
  private volatile Tree shown = keySet(jwk("one", RSA));
  private volatile int status = 200;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer provider;
  private String issuer;
  private Path authority;

  @BeforeEach
  void startProvider() throws Exception {
    ServerTrust trust = ServerTrust.create("provider", List.of("127.0.0.1"), now);
    authority = Files.writeString(directory.resolve("ca.crt"), trust.authority().certificatePem());
    TlsConfig tls =
        new TlsConfig(trust.server().key(), List.of(trust.server().certificate()), List.of());
    provider =
        HttpServer.start(
            HttpServerConfig.https(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), tls),
            exchange -> {
              boolean keys = exchange.request().path().equals("/keys");
              asked.addAndGet(keys ? 1 : 0);
              Tree answer = keys ? shown : Tree.of("issuer", issuer, "jwks_uri", issuer + "/keys");
              exchange.respond(Response.of(status, "application/json", Json.print(answer)));
            });
    issuer = "https://127.0.0.1:" + provider.port();
  }

  @AfterEach
  void stopProvider() {
    provider.close();
  }

  private OpenIdFlags config() {
    return new OpenIdFlags(
        URI.create(issuer),
        "kuber",
        "sub",
        "",
        "groups",
        "oidc:",
        Map.of(),
        List.of("RS256", "ES256"),
        Optional.of(authority));
  }

  private OpenIdTokens tokens(OpenIdFlags config) throws Exception {
    InstantSource clock = () -> now;
    return OpenIdTokens.of(config, clock, TokenIssuer.API_AUDIENCES);
  }

  private Tree claims() {
    return Tree.of("iss", issuer, "aud", "kuber", "sub", "alice")
        .with("exp", now.plusSeconds(60).getEpochSecond())
        .with("groups", Items.of("dev", "ops"));
  }

  private static Authentication ask(OpenIdTokens tokens, String token) {
    return tokens.authenticate(token, TokenIssuer.API_AUDIENCES);
  }

  private static String why(Authentication answer) {
    return ((Refused) answer).why();
  }

  @Test
  void makesAUserOfTheClaims() throws Exception {
    Authentication answer = ask(tokens(config()), signed("RS256", "one", RSA, claims()));
    assertThat(((Known) answer).user())
        .isEqualTo(
            new User(issuer + "#alice", List.of("oidc:dev", "oidc:ops", User.AUTHENTICATED)));
  }

  @Test
  void knowsKeysOnCurvesAndOneGroupThatIsAText() throws Exception {
    shown = keySet(jwk("one", RSA), jwk("curve", CURVE));
    Tree claims = claims().with("groups", "dev");
    Authentication answer = ask(tokens(config()), signed("ES256", "curve", CURVE, claims));
    assertThat(((Known) answer).user().groups()).containsExactly("oidc:dev", User.AUTHENTICATED);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "exp,-1,token is expired",
    "nbf,400,before the nbf",
    "aud,vault,expected audience",
    "sub,'',claim not present",
  })
  void refusesClaimsThatDoNotHold(String claim, String value, String why) throws Exception {
    boolean time = claim.equals("exp") || claim.equals("nbf");
    Object said = time ? now.plusSeconds(Long.parseLong(value)).getEpochSecond() : value;
    String token = signed("RS256", "one", RSA, claims().with(claim, said));
    assertThat(why(ask(tokens(config()), token))).contains(why);
  }

  @Test
  void bearsAProviderWhoseClockIsAhead() throws Exception {
    Tree claims = claims().with("nbf", now.plusSeconds(200).getEpochSecond());
    assertThat(ask(tokens(config()), signed("RS256", "one", RSA, claims)))
        .isInstanceOf(Known.class);
  }

  @Test
  void goesByAnEmailOnlyOnceItIsVerified() throws Exception {
    OpenIdFlags byEmail =
        new OpenIdFlags(
            URI.create(issuer),
            "kuber",
            "email",
            "",
            "",
            "",
            Map.of("team", "blue"),
            List.of("RS256"),
            Optional.of(authority));
    Tree claims = claims().with("email", "a@b").with("team", "blue");
    OpenIdTokens tokens = tokens(byEmail);
    assertThat(
            ((Known) ask(tokens, signed("RS256", "one", RSA, claims.with("email_verified", true))))
                .user())
        .isEqualTo(new User("a@b", List.of(User.AUTHENTICATED)));
    assertThat(why(ask(tokens, signed("RS256", "one", RSA, claims.with("email_verified", false)))))
        .contains("email not verified");
    assertThat(why(ask(tokens, signed("RS256", "one", RSA, claims.with("team", "red")))))
        .contains("required claim team value does not match");
  }

  @Test
  void refusesTokensThatNoKeyOfTheProviderSigned() throws Exception {
    OpenIdTokens tokens = tokens(config());
    String good = signed("RS256", "one", RSA, claims());
    assertThat(why(ask(tokens, signed("RS256", "one", OTHER, claims())))).contains("signature");
    String none = base64(Json.print(Tree.of("alg", "none"))) + "." + good.split("\\.")[1] + ".";
    assertThat(why(ask(tokens, none))).contains("unsupported algorithm");
    String said =
        base64(Json.print(Tree.of("alg", "HS256", "kid", "one"))) + "." + good.split("\\.")[1];
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(RSA.getPublic().getEncoded(), "HmacSHA256"));
    assertThat(why(ask(tokens, said + "." + base64(mac.doFinal(said.getBytes(US_ASCII))))))
        .as("the open key taken for a shared secret")
        .contains("unsupported algorithm");
    assertThat(why(ask(tokens, signed("ES256", "one", RSA, claims()))))
        .as("a key of another kind")
        .contains("signature");
    assertThat(why(ask(tokens, signed("RS256", "one", RSA, claims().with("iss", "https://x")))))
        .as("it is somebody else's")
        .isEmpty();
    assertThat(tokens.authenticate(good, List.of("vault"))).isInstanceOf(Refused.class);
    assertThat(ask(tokens, good)).isInstanceOf(Known.class);
  }

  @Test
  void learnsOfNewKeysAndAsksNoMoreOftenThanItMay() throws Exception {
    OpenIdTokens tokens = tokens(config());
    assertThat(ask(tokens, signed("RS256", "one", RSA, claims()))).isInstanceOf(Known.class);
    shown = keySet(jwk("two", OTHER));
    String later = signed("RS256", "two", OTHER, claims());
    for (int i = 0; i < 20; i++) {
      assertThat(ask(tokens, later)).isInstanceOf(Refused.class);
    }
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(11);
    assertThat(ask(tokens, later)).isInstanceOf(Known.class);
    assertThat(ask(tokens, signed("RS256", "one", RSA, claims())))
        .as("a key that was taken back")
        .isInstanceOf(Refused.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void goesOnWithTheKeysItKnowsWhileTheProviderIsAway() throws Exception {
    OpenIdTokens tokens = tokens(config());
    assertThat(ask(tokens, signed("RS256", "one", RSA, claims()))).isInstanceOf(Known.class);
    status = 503;
    now = now.plus(Duration.ofHours(1));
    assertThat(ask(tokens, signed("RS256", "one", RSA, claims()))).isInstanceOf(Known.class);
  }

  @Test
  void refusesAConfigurationThatWouldLetOthersIn() {
    assertThatThrownBy(() -> OpenIdFlags.issuer("http://example.com"))
        .hasMessageContaining("has to be of the form https://HOST");
    assertThatThrownBy(
            () ->
                new OpenIdFlags(
                    URI.create("https://a"),
                    "",
                    "sub",
                    "",
                    "",
                    "",
                    Map.of(),
                    List.of("RS256"),
                    Optional.empty()))
        .hasMessageContaining("--oidc-client-id is missing");
    assertThatThrownBy(
            () ->
                new OpenIdFlags(
                    URI.create("https://a"),
                    "a",
                    "sub",
                    "",
                    "",
                    "",
                    Map.of(),
                    List.of("HS256"),
                    Optional.empty()))
        .hasMessageContaining("HS256 is none of RS256");
  }
}
