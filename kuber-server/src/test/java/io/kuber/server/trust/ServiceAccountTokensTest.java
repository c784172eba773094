package io.kuber.server.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.SecretClaims;
import io.kuber.access.TokenClaims;
import io.kuber.access.TokenClaims.Bound;
import io.kuber.access.TokenClaims.Ref;
import io.kuber.access.TokenClaims.Thing;
import io.kuber.access.TokenIssuer;
import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.store.Command;
import io.kuber.store.Key;
import io.kuber.store.LocalStore;
import io.kuber.store.Stored;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose token is it, while the world around it changes? */
final class ServiceAccountTokensTest {
  private static final SigningKey KEY = SigningKey.create();
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Bound POD = new Bound(Thing.POD, new Ref("web", "uid-web"));
  private static final Bound NODE = new Bound(Thing.NODE, new Ref("n1", "uid-n1"));

  private final LocalStore store = new LocalStore();
  private Instant now = NOW;
  private final ServiceAccountTokens tokens =
      new ServiceAccountTokens(() -> KEY, store::image, () -> now, TokenIssuer.NAME);

  @BeforeEach
  void begin() {
    put(Resources.SERVICE_ACCOUNTS, "robot", "uid-robot", "");
  }

  @AfterEach
  void end() {
    store.close();
  }

  private void put(ResourceType type, String name, String uid, String deleted) {
    KubeObject object =
        type.object(type.namespaced() ? "ns" : "", name).with(uid, "metadata", "uid");
    KubeObject written =
        deleted.isEmpty() ? object : object.with(deleted, "metadata", "deletionTimestamp");
    Key key = type.keyOf(object);
    Stored there = store.image().get(key);
    long expected = there == null ? Command.ABSENT : there.revision();
    store
        .submit(new Command.Put(key, expected, Json.print(written.tree())))
        .toCompletableFuture()
        .join();
  }

  private String token(List<String> audiences, Bound... bound) {
    return tokens
        .issue(
            new TokenClaims(
                "id-1",
                "ns",
                new Ref("robot", "uid-robot"),
                List.of(bound),
                audiences,
                NOW,
                NOW.plusSeconds(600),
                null))
        .orElseThrow();
  }

  private Authentication shown(Bound... bound) {
    return shown(token(TokenIssuer.API_AUDIENCES, bound));
  }

  private Authentication shown(String token) {
    return tokens.authenticate(token, TokenIssuer.API_AUDIENCES);
  }

  @Test
  void knowsTheServiceAccount() {
    Known known = (Known) shown();
    assertThat(known.audiences()).isEqualTo(TokenIssuer.API_AUDIENCES);
    assertThat(known.user().name()).isEqualTo("system:serviceaccount:ns:robot");
    assertThat(known.user().uid()).isEqualTo("uid-robot");
    assertThat(known.user().groups())
        .containsExactly(
            "system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated");
    assertThat(known.user().extra())
        .containsEntry("authentication.kubernetes.io/credential-id", List.of("JTI=id-1"));
  }

  @Test
  void endsWithItsTimeAndAMinute() {
    String token = token(TokenIssuer.API_AUDIENCES);
    now = NOW.plusSeconds(660);
    assertThat(shown(token)).isInstanceOf(Known.class);
    now = NOW.plusSeconds(661);
    assertThat(shown(token)).isEqualTo(new Refused("service account token has expired"));
    now = NOW.minusSeconds(61);
    assertThat(shown(token)).isEqualTo(new Refused("service account token is not valid yet"));
  }

  @Test
  void isGoodForThoseOnlyWhomItIsMeantFor() {
    String token = token(List.of("vault", "db"));
    assertThat(shown(token))
        .isEqualTo(
            new Refused(
                "token audiences [\"vault\" \"db\"] is invalid for the target audiences"
                    + " [\"https://kubernetes.default.svc.cluster.local\"]"));
    assertThat(((Known) tokens.authenticate(token, List.of("x", "db"))).audiences())
        .containsExactly("db");
    assertThat(shown(token(List.of()))).isInstanceOf(Refused.class);
  }

  @Test
  void endsWithItsAccountEvenWhenThereIsAnotherOfItsName() {
    put(Resources.SERVICE_ACCOUNTS, "robot", "uid-new", "");
    assertThat(shown())
        .isEqualTo(new Refused("service account UID (uid-new) does not match claim (uid-robot)"));
    put(Resources.SERVICE_ACCOUNTS, "robot", "uid-robot", "2025-12-31T23:58:00Z");
    assertThat(shown()).isEqualTo(new Refused("service account ns/robot has been deleted"));
  }

  @Test
  void endsWithThePodOnceItsGracePeriodIsOver() {
    assertThat(shown(POD)).isEqualTo(new Refused("service account token has been invalidated"));
    put(Resources.PODS, "web", "uid-web", "2026-01-01T00:00:30Z");
    Known known = (Known) shown(POD, NODE);
    assertThat(known.user().extra())
        .containsEntry("authentication.kubernetes.io/pod-name", List.of("web"))
        .containsEntry("authentication.kubernetes.io/pod-uid", List.of("uid-web"))
        .containsEntry("authentication.kubernetes.io/node-name", List.of("n1"));
    put(Resources.PODS, "web", "uid-web", "2025-12-31T23:58:00Z");
    assertThat(shown(POD)).isEqualTo(new Refused("service account token has been invalidated"));
    put(Resources.PODS, "web", "uid-2", "");
    assertThat(shown(POD))
        .isEqualTo(
            new Refused("pod UID (uid-2) does not match service account pod ref claim (uid-web)"));
  }

  @Test
  void endsWithTheNodeItIsBoundTo() {
    assertThat(shown(NODE)).isInstanceOf(Refused.class);
    put(Resources.NODES, "n1", "uid-n1", "");
    assertThat(shown(NODE)).isInstanceOf(Known.class);
  }

  @Test
  void hasTheNameOfItsClustersDomain() {
    String name = TokenIssuer.named("kuber.example");
    ServiceAccountTokens others =
        new ServiceAccountTokens(() -> KEY, store::image, () -> now, name);
    assertThat(others.audiences()).containsExactly("https://kubernetes.default.svc.kuber.example");
    TokenClaims claims =
        new TokenClaims(
            "id",
            "ns",
            new Ref("robot", "uid-robot"),
            List.of(),
            others.audiences(),
            NOW,
            NOW.plusSeconds(600),
            null);
    String token = others.issue(claims).orElseThrow();
    assertThat(others.authenticate(token, others.audiences())).isInstanceOf(Known.class);
    assertThat(tokens.authenticate(token, others.audiences()))
        .as("a cluster with another domain, and the same key")
        .isInstanceOf(Refused.class);
  }

  @Test
  void staysGoodWhenTheClusterGetsAnotherDomain() {
    ServiceAccountTokens later =
        new ServiceAccountTokens(
            () -> KEY, store::image, () -> now, TokenIssuer.named("kuber.example"));
    String before = token(TokenIssuer.API_AUDIENCES);
    assertThat(((Known) later.authenticate(before, later.audiences())).audiences())
        .isEqualTo(later.audiences());
    assertThat(later.authenticate(token(List.of("vault")), later.audiences()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void doesNotBelieveClaimsThatAreNotWhole() {
    var claims =
        TokenText.of(
            new TokenClaims(
                "id",
                "ns",
                new Ref("robot", "uid-robot"),
                List.of(),
                TokenIssuer.API_AUDIENCES,
                NOW,
                NOW.plusSeconds(600),
                null),
            TokenIssuer.NAME);
    assertThat(shown(Jwt.signed(claims, KEY))).isInstanceOf(Known.class);
    for (String claim : List.of("iss", "sub", "exp", "nbf", "aud", "kubernetes.io")) {
      assertThat(shown(Jwt.signed(claims.without(claim), KEY)))
          .as(claim)
          .isInstanceOf(Refused.class);
      assertThat(shown(Jwt.signed(claims.with(claim, "odd"), KEY)))
          .as(claim)
          .isInstanceOf(Refused.class);
    }
    assertThat(shown(Jwt.signed(claims.with("exp", Long.MAX_VALUE), KEY)))
        .isInstanceOf(Refused.class);
  }

  /** A Secret that keeps this token. */
  private void keep(String token) {
    String encoded = Base64.getEncoder().encodeToString(token.getBytes(UTF_8));
    KubeObject secret =
        Resources.SECRETS.object("ns", "key").with(Tree.of("token", encoded), "data");
    Key key = Resources.SECRETS.keyOf(secret);
    Stored there = store.image().get(key);
    long expected = there == null ? Command.ABSENT : there.revision();
    store
        .submit(new Command.Put(key, expected, Json.print(secret.tree())))
        .toCompletableFuture()
        .join();
  }

  @Test
  void holdsAsLongAsTheSecretThatKeepsItAndItsAccount() {
    String token =
        tokens.issue(new SecretClaims("ns", "key", new Ref("robot", "uid-robot"))).orElseThrow();
    assertThat(shown(token)).isEqualTo(new Refused("Token has been invalidated"));
    keep(token);
    now = NOW.plusSeconds(1_000_000);
    Known known = (Known) shown(token);
    assertThat(known.user().name()).isEqualTo("system:serviceaccount:ns:robot");
    assertThat(known.audiences()).isEqualTo(TokenIssuer.API_AUDIENCES);
    assertThat(tokens.authenticate(token, List.of("vault"))).isInstanceOf(Refused.class);
    keep("another");
    assertThat(shown(token)).isEqualTo(new Refused("Token does not match server's copy"));
    keep(token);
    put(Resources.SERVICE_ACCOUNTS, "robot", "uid-new", "");
    assertThat(shown(token))
        .isEqualTo(new Refused("ServiceAccount UID (uid-new) does not match claim (uid-robot)"));
    put(Resources.SERVICE_ACCOUNTS, "robot", "uid-robot", "2025-12-31T23:58:00Z");
    assertThat(shown(token)).isEqualTo(new Refused("ServiceAccount ns/robot has been deleted"));
  }

  @Test
  void doesNotBelieveClaimsOfSecretsThatAreNotWhole() {
    var claims = SecretTokenText.of(new SecretClaims("ns", "key", new Ref("robot", "uid-robot")));
    keep(Jwt.signed(claims, KEY));
    assertThat(shown(Jwt.signed(claims, KEY))).isInstanceOf(Known.class);
    for (int i = 0; i < claims.size(); i++) {
      String spoiled = Jwt.signed(claims.without(claims.nameAt(i)), KEY);
      keep(spoiled);
      assertThat(shown(spoiled)).as(claims.nameAt(i)).isEqualTo(new Refused(""));
    }
  }
}
