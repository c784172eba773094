package io.kuber.server.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.server.trust.TestClients;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of service accounts: asked for, shown, and refused. */
@TestInstance(Lifecycle.PER_CLASS)
final class TokenRequestTest {
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";

  private ServedApi api;
  private HttpClient nobody;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
    nobody = api.client().sslContext(TestClients.showing(api.trust(), null)).build();
    assertThat(api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}").statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private HttpResponse<String> ask(String account, String spec) {
    return api.post(ACCOUNTS + "/" + account + "/token", "{\"spec\":" + spec + "}");
  }

  private String token() {
    return ServedApi.tree(ask("robot", "{}")).text("status", "token");
  }

  private HttpResponse<String> show(String token, String path) {
    return ServedApi.send(nobody, api.at(path).header("Authorization", "Bearer " + token));
  }

  @Test
  void issuesATokenThatLivesForAnHour() {
    HttpResponse<String> answer = ask("robot", "{\"audiences\":null,\"boundObjectRef\":null}");
    assertThat(answer.statusCode()).isEqualTo(201);
    Tree request = ServedApi.tree(answer);
    assertThat(request.text("kind")).isEqualTo("TokenRequest");
    assertThat(request.text("metadata", "name")).isEqualTo("robot");
    assertThat(request.tree("spec").number(0, "expirationSeconds")).isEqualTo(3600);
    assertThat(request.items("spec", "audiences").texts())
        .containsExactly("https://kubernetes.default.svc.cluster.local");
    Instant made = Instant.parse(request.text("metadata", "creationTimestamp"));
    Instant end = Instant.parse(request.text("status", "expirationTimestamp"));
    assertThat(Duration.between(made, end)).isEqualTo(Duration.ofHours(1));
    String claims = request.text("status", "token").split("\\.")[1];
    Tree said = Json.parse(Base64.getUrlDecoder().decode(claims));
    assertThat(said.text("sub")).isEqualTo("system:serviceaccount:default:robot");
    assertThat(said.text("kubernetes.io", "serviceaccount", "name")).isEqualTo("robot");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "robot | {\"expirationSeconds\":599} | 422 | TokenRequest.authentication.k8s.io \"\" is"
            + " invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration"
            + " less than 10 minutes",
        "robot | {\"expirationSeconds\":4294967297} | 422 | may not specify a duration larger than"
            + " 2^32 seconds",
        "robot | {\"expirationSeconds\":\"x\"} | 400 | cannot be handled as a TokenRequest",
        "nobody | {} | 404 | serviceaccounts \"nobody\" not found",
        "robot | {\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"s\"}}"
            + " | 404 | secrets \"s\" not found",
        "robot | {\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"name\":"
            + "\"default\"}} | 400 | cannot bind token to object of type /v1, Kind=Namespace",
      })
  void refusesWhatMakesNoSense(String account, String spec, int code, String message) {
    HttpResponse<String> answer = ask(account, spec);
    assertThat(answer.statusCode()).isEqualTo(code);
    assertThat(ServedApi.tree(answer).text("message")).contains(message);
  }

  @Test
  void refusesAnObjectThatIsAnotherOfItsName() {
    api.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"kept\"}}");
    String bound =
        "{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"kept\"";
    assertThat(ask("robot", bound + "}}").statusCode()).isEqualTo(201);
    HttpResponse<String> other = ask("robot", bound + ",\"uid\":\"old\"}}");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(ServedApi.tree(other).text("message"))
        .startsWith("Operation cannot be fulfilled on Secret \"kept\": the UID in the bound");
  }

  @Test
  void letsTheBearerAskWhatEverybodyMayAsk() {
    String token = token();
    for (String path : new String[] {"/version", "/api", "/apis/apps/v1", "/openapi/v3"}) {
      assertThat(show(token, path).statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> pods = show(token, "/api/v1/namespaces/default/pods");
    assertThat(pods.statusCode()).isEqualTo(403);
    assertThat(ServedApi.tree(pods).text("message"))
        .isEqualTo(
            "pods is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource"
                + " \"pods\" in API group \"\" in the namespace \"default\"");
  }

  @Test
  void refusesTokensThatAreNone() {
    String token = token();
    String other = token.substring(0, token.length() - 8) + "AAAAAAAA";
    for (String shown : new String[] {"x", other, token + "=", token.replace(".", "")}) {
      HttpResponse<String> answer = show(shown, "/version");
      assertThat(answer.statusCode()).as(shown).isEqualTo(401);
      assertThat(ServedApi.tree(answer).text("reason")).isEqualTo("Unauthorized");
    }
  }

  @Test
  void tellsWhoseTokenItIs() {
    String review = "{\"spec\":{\"token\":\"" + token() + "\"}}";
    Tree status =
        ServedApi.tree(api.post("/apis/authentication.k8s.io/v1/tokenreviews", review))
            .tree("status");
    assertThat(status.isTrue("authenticated")).isTrue();
    assertThat(status.text("user", "username")).isEqualTo("system:serviceaccount:default:robot");
    assertThat(status.text("user", "uid")).isNotEmpty();
  }

  @Test
  void forgetsTheTokenWithItsAccount() {
    api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"short\"}}");
    String token = ServedApi.tree(ask("short", "{}")).text("status", "token");
    assertThat(show(token, "/api").statusCode()).isEqualTo(200);
    api.send(api.at(ACCOUNTS + "/short").DELETE());
    assertThat(show(token, "/api").statusCode()).isEqualTo(401);
  }

  @Test
  void showsTheKeyThatChecksTokens() {
    String token = token();
    Tree configuration = ServedApi.tree(show(token, "/.well-known/openid-configuration"));
    assertThat(configuration.text("jwks_uri"))
        .isEqualTo("https://kubernetes.default.svc.cluster.local/openid/v1/jwks");
    HttpResponse<String> keys = show(token, "/openid/v1/jwks");
    assertThat(keys.headers().firstValue("Content-Type")).contains("application/jwk-set+json");
    Tree key = ServedApi.tree(keys).items("keys").tree(0);
    String header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), UTF_8);
    assertThat(header).contains(key.text("kid"));
    assertThat(ServedApi.send(nobody, api.at("/openid/v1/jwks")).statusCode()).isEqualTo(403);
  }
}
