package io.kuber.server.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Strangers;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.json.Json;
import io.kuber.json.Yaml;
import io.kuber.object.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What files say, what is wrong with others, and what becomes of claims. */
final class AuthenticationReaderTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

  private static final String GOOD =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthenticationConfiguration
      jwt:
      - issuer: {url: 'https://a.example', audiences: [kuber]}
        claimValidationRules: []
        claimMappings:
          username: {claim: sub, prefix: ''}
        userValidationRules: []
      """;

  private static AuthenticationConfig read(String yaml) {
    return AuthenticationReader.read(Yaml.parse(yaml.getBytes(UTF_8)), TokenIssuer.NAME);
  }

  private static AuthenticationConfig sample() throws Exception {
    return read(Files.readString(Path.of("../docs/examples/authentication/authentication.yaml")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          apiVersion | `config/v9` | apiVersion: Unsupported value
          kind | `Policy` | kind: Unsupported value
          jwtt | `[]` | jwtt: Forbidden: unknown field
          jwt | `{}` | jwt: Invalid value: {}: must be a list
          jwt.0.extra | `1` | jwt[0].extra: Forbidden: unknown field
          jwt.0.issuer.url | `""` | jwt[0].issuer.url: Required value
          jwt.0.issuer.url | `"http://a"` | jwt[0].issuer.url: Invalid value: "http://a": URL scheme must be https
          jwt.0.issuer.url | `"https://u:p@a"` | jwt[0].issuer.url: Invalid value: "https://u:p@a": URL must not contain a username or password
          jwt.0.issuer.url | `"https://a?b"` | URL must not contain a query
          jwt.0.issuer.url | `"https://a#b"` | URL must not contain a fragment
          jwt.0.issuer.url | `"https://a b"` | jwt[0].issuer.url: Invalid value
          jwt.0.issuer.url | `"https://kubernetes.default.svc.cluster.local"` | URL must not overlap with disallowed issuers
          jwt.0.issuer.discoveryURL | `"https://a.example/"` | jwt[0].issuer.discoveryURL: Invalid value: "https://a.example/": discoveryURL must be different from URL
          jwt.0.issuer.audiences | `[]` | jwt[0].issuer.audiences: Required value: at least one
          jwt.0.issuer.audiences | `["a","a"]` | jwt[0].issuer.audiences[1]: Duplicate value: "a"
          jwt.0.issuer.audiences | `["a","b"]` | jwt[0].issuer.audienceMatchPolicy: Invalid value: "": audienceMatchPolicy must be MatchAny for multiple audiences
          jwt.0.issuer.audienceMatchPolicy | `"All"` | audienceMatchPolicy must be empty or MatchAny for single audience
          jwt.0.issuer.certificateAuthority | `"no PEM"` | jwt[0].issuer.certificateAuthority: Invalid value: "<omitted>"
          jwt.0.issuer.egressSelectorType | `"cluster"` | jwt[0].issuer.egressSelectorType: Invalid value: "cluster"
          jwt.0.claimValidationRules | `[{}]` | jwt[0].claimValidationRules[0]: Required value: claim or expression is required
          jwt.0.claimValidationRules | `[{"claim":"a","expression":"true"}]` | jwt[0].claimValidationRules[0]: Invalid value: "a": claim and expression can't both be set
          jwt.0.claimValidationRules | `[{"claim":"a","message":"b"}]` | jwt[0].claimValidationRules[0].message: Invalid value: "b": may not be specified when claim is set
          jwt.0.claimValidationRules | `[{"claim":"a"},{"claim":"a"}]` | jwt[0].claimValidationRules[1].claim: Duplicate value: "a"
          jwt.0.claimValidationRules | `[{"expression":"true","requiredValue":"b"}]` | jwt[0].claimValidationRules[0].requiredValue: Invalid value: "b": may not be specified when expression is set
          jwt.0.claimValidationRules | `[{"expression":"true"},{"expression":"true"}]` | jwt[0].claimValidationRules[1].expression: Duplicate value: "true"
          jwt.0.claimValidationRules | `[{"expression":"claims."}]` | jwt[0].claimValidationRules[0].expression: Invalid value: "claims.": compilation failed
          jwt.0.claimValidationRules | `[{"expression":"claims.a"}]` | jwt[0].claimValidationRules[0].expression: Invalid value: "claims.a": must evaluate to bool
          jwt.0.claimValidationRules | `[{"expression":"user.username == 'a'"}]` | undeclared reference to 'user'
          jwt.0.claimMappings.username | `{}` | jwt[0].claimMappings.username: Required value: claim or expression is required
          jwt.0.claimMappings.username | `{"claim":"sub"}` | jwt[0].claimMappings.username.prefix: Required value: prefix is required when claim is set
          jwt.0.claimMappings.username | `{"expression":"claims.sub","prefix":"a"}` | jwt[0].claimMappings.username.prefix: Invalid value: "a": may not be specified when expression is set
          jwt.0.claimMappings.username | `{"expression":"claims.sub","claim":"sub"}` | jwt[0].claimMappings.username: Invalid value: "": claim and expression can't both be set
          jwt.0.claimMappings.username | `{"expression":"claims.email"}` | jwt[0].claimMappings.username.expression: Invalid value: "claims.email": claims.email_verified must be used
          jwt.0.claimMappings.username | `{"expression":"claims.?email.orValue('x')"}` | claims.email_verified must be used
          jwt.0.claimMappings.groups | `{"claim":"g"}` | jwt[0].claimMappings.groups.prefix: Required value
          jwt.0.claimMappings.uid | `{"claim":"g","expression":"claims.g"}` | jwt[0].claimMappings.uid: Invalid value: "": claim and expression can't both be set
          jwt.0.claimMappings.extra | `[{"key":"a","valueExpression":"claims.a"}]` | jwt[0].claimMappings.extra[0].key: Invalid value: "a": must be a domain-prefixed path
          jwt.0.claimMappings.extra | `[{"key":"a.b/C","valueExpression":"claims.a"}]` | jwt[0].claimMappings.extra[0].key: Invalid value: "a.b/C": must be lowercase
          jwt.0.claimMappings.extra | `[{"key":"a.k8s.io/c","valueExpression":"claims.a"}]` | k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use
          jwt.0.claimMappings.extra | `[{"key":"a.b/c"}]` | jwt[0].claimMappings.extra[0].valueExpression: Required value
          jwt.0.claimMappings.extra | `[{"key":"a.b/c","valueExpression":"'a'"},{"key":"a.b/c","valueExpression":"'b'"}]` | jwt[0].claimMappings.extra[1].key: Duplicate value: "a.b/c"
          jwt.0.userValidationRules | `[{}]` | jwt[0].userValidationRules[0].expression: Required value
          jwt.0.userValidationRules | `[{"expression":"user.name == 'a'"}]` | jwt[0].userValidationRules[0].expression: Invalid value: "user.name == 'a'": compilation failed
          jwt.0.userValidationRules | `[{"expression":"user.username"}]` | must evaluate to bool
          anonymous | `{"enabled":false,"conditions":[{"path":"/livez"}]}` | anonymous.conditions: Invalid value
          anonymous | `{"enabled":true,"conditions":[{"path":"livez"}]}` | anonymous.conditions[0].path: Invalid value: "livez"
          anonymous | `{"enabled":"yes"}` | anonymous.enabled: Invalid value: "yes": must be true or false
          """)
  void namesTheFieldThatIsWrong(String path, String value, String message) {
    Tree good = Yaml.parse(GOOD.getBytes(UTF_8));
    Tree bad = changed(good, path.split("\\."), parsed(value));
    assertThatThrownBy(() -> AuthenticationReader.read(bad, TokenIssuer.NAME))
        .hasMessageContaining(message);
  }

  private static Object parsed(String value) {
    boolean isName = value.startsWith("config/") || value.equals("Policy");
    String json = "{\"it\":" + (isName ? '"' + value + '"' : value) + "}";
    return Objects.requireNonNull(Json.parse(json.getBytes(UTF_8)).get("it"));
  }

  private static Tree changed(Tree tree, String[] path, Object value) {
    if (path.length > 1 && path[1].equals("0")) {
      String[] rest = Arrays.copyOfRange(path, 2, path.length);
      return tree.withEach(path[0], item -> item.withAt(value, rest));
    }
    return tree.withAt(value, path);
  }

  @Test
  void refusesTwoProvidersOfOneName() {
    String second =
        "- {issuer: {url: 'https://a.example', audiences: [b]},"
            + " claimMappings: {username: {claim: sub, prefix: ''}}}\n";
    assertThatThrownBy(() -> read(GOOD + second))
        .hasMessage("jwt[1].issuer.url: Duplicate value: \"https://a.example\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1", "v1alpha1"})
  void knowsTheVersionsThatKubernetesHas(String version) {
    AuthenticationConfig config = read(GOOD.replace("io/v1", "io/" + version));
    assertThat(config.providers()).hasSize(1);
    assertThat(config.anonymous()).isEmpty();
    assertThat(config.providers().get(0).issuer().discovery())
        .hasToString("https://a.example/.well-known/openid-configuration");
  }

  @Test
  void tellsWhereOneMayComeWithoutCredentials() {
    assertThat(read(GOOD + "anonymous: {enabled: true}\n").anonymous()).contains(Strangers.WELCOME);
    assertThat(read(GOOD + "anonymous: {enabled: false}\n").anonymous())
        .contains(Strangers.onlyAt());
    assertThat(read(GOOD + "anonymous: {enabled: true, conditions: [{path: /livez}]}").anonymous())
        .contains(Strangers.onlyAt("/livez"));
  }

  private static Object judged(OpenIdConfig config, String claims) {
    Tree said =
        Json.parse(claims.getBytes(UTF_8))
            .with("aud", config.issuer().audiences().get(0))
            .with("exp", NOW.getEpochSecond() + 60);
    return new OpenIdClaims(config, said, NOW, TokenIssuer.API_AUDIENCES).judged()
            instanceof Known known
        ? known.user()
        : ((Refused) new OpenIdClaims(config, said, NOW, TokenIssuer.API_AUDIENCES).judged()).why();
  }

  @Test
  void makesUsersAsTheSampleSays() throws Exception {
    List<OpenIdConfig> providers = sample().providers();
    assertThat(judged(providers.get(0), "{\"sub\":\"alice\",\"groups\":[\"dev\"]}"))
        .isEqualTo(new User("people:alice", List.of("people:dev", User.AUTHENTICATED)));
    String build =
        "{\"sub\":\"repo:a/b\",\"repository\":\"a/b\",\"environment\":\"live\",\"run_id\":\"7\"}";
    assertThat(judged(providers.get(1), build))
        .isEqualTo(
            new User(
                "build:a/b",
                "7",
                List.of("build:live", User.AUTHENTICATED),
                Map.of("builds.example.com/repository", List.of("a/b"))));
    assertThat(judged(providers.get(1), build.replace("live", "test")))
        .asString()
        .contains("only builds for live may come in");
    assertThat(judged(providers.get(0), "{\"sub\":\"system:admin\"}"))
        .isEqualTo(new User("people:system:admin", List.of(User.AUTHENTICATED)));
    assertThat(sample().anonymous()).contains(Strangers.onlyAt("/livez", "/readyz", "/healthz"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          username | `{"expression":"claims.n"}` | `{"n":7}` | claim expression must return a string
          username | `{"expression":"claims.n"}` | `{"n":""}` | comes to an empty name
          username | `{"expression":"claims.n"}` | `{}` | no such key: n
          username | `{"claim":"email","prefix":""}` | `{"email":"a@b","email_verified":false}` | email not verified
          username | `{"claim":"email","prefix":""}` | `{"email":"a@b","email_verified":"true"}` | email not verified
          groups | `{"expression":"claims.g"}` | `{"sub":"a","g":[1]}` | expression must return a string or a list of strings
          groups | `{"expression":"claims.g"}` | `{"sub":"a","g":{"b":"c"}}` | expression must return a string or a list of strings
          groups | `{"claim":"g","prefix":""}` | `{"sub":"a","g":[1]}` | neither a text nor a list of texts
          uid | `{"claim":"u"}` | `{"sub":"a"}` | claim not present
          extra | `[{"key":"a.b/c","valueExpression":"claims.x"}]` | `{"sub":"a"}` | no such key: x
          """)
  void refusesClaimsThatMakeNoUser(String part, String mapping, String claims, String why) {
    Tree good = Yaml.parse(GOOD.getBytes(UTF_8));
    Tree changed = changed(good, new String[] {"jwt", "0", "claimMappings", part}, parsed(mapping));
    OpenIdConfig config = AuthenticationReader.read(changed, TokenIssuer.NAME).providers().get(0);
    assertThat(judged(config, claims)).asString().startsWith("oidc: ").contains(why);
  }

  @Test
  void leavesOutWhatIsEmpty() {
    Tree good = Yaml.parse(GOOD.getBytes(UTF_8));
    Tree groups =
        changed(
            good,
            new String[] {"jwt", "0", "claimMappings", "groups"},
            parsed("{\"expression\":\"claims.?g.orValue(null)\"}"));
    OpenIdConfig config = AuthenticationReader.read(groups, TokenIssuer.NAME).providers().get(0);
    assertThat(judged(config, "{\"sub\":\"a\"}")).isEqualTo(User.known("a"));
    assertThat(judged(config, "{\"sub\":\"a\",\"g\":\"\"}")).isEqualTo(User.known("a"));
    assertThat(judged(config, "{\"sub\":\"a\",\"g\":[\"\",\"b\"]}"))
        .isEqualTo(new User("a", List.of("b", User.AUTHENTICATED)));
  }

  @Test
  void refusesUsersWhoBreakARule() {
    String rule =
        "[{\"expression\":\"!user.username.startsWith('system:') && user.groups.all(g, g != 'system:masters')\","
            + "\"message\":\"these names are ours\"}]";
    Tree good = Yaml.parse(GOOD.getBytes(UTF_8));
    Tree strict = changed(good, new String[] {"jwt", "0", "userValidationRules"}, parsed(rule));
    OpenIdConfig config = AuthenticationReader.read(strict, TokenIssuer.NAME).providers().get(0);
    assertThat(judged(config, "{\"sub\":\"a\"}")).isEqualTo(User.known("a"));
    assertThat(judged(config, "{\"sub\":\"system:admin\"}"))
        .asString()
        .startsWith("oidc: error evaluating user validation expression: validation expression '")
        .endsWith("failed: these names are ours");
  }
}
