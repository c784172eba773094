package io.kuber.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.server.route.ServedApi;
import io.kuber.server.trust.Identity;
import io.kuber.server.trust.TestClients;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
final class RequestChainTest {
  private ServedApi api;

  @BeforeAll
  void start(@TempDir Path pki) throws Exception {
    api = new ServedApi(pki);
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private HttpResponse<String> get(@Nullable Identity identity, String path) throws Exception {
    HttpClient client = api.client().sslContext(TestClients.showing(api.trust(), identity)).build();
    return ServedApi.send(client, api.at(path));
  }

  @Test
  void repeatsTheAuditIdOfTheClient() {
    assertThat(api.get("/version", "Audit-Id", "mine").headers().firstValue("Audit-Id"))
        .contains("mine");
  }

  @Test
  void namesRequestsThatHaveNoNameEvenWhenTheyAreRefused() throws Exception {
    assertThat(get(null, "/api/v1/pods").headers().firstValue("Audit-Id")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/version", "/healthz", "/livez", "/readyz"})
  void showsEverybodyWhetherTheServerIsWell(String path) throws Exception {
    assertThat(get(null, path).statusCode()).isEqualTo(200);
  }

  @Test
  void showsStrangersNothingElse() throws Exception {
    HttpResponse<String> answer = get(null, "/api/v1/namespaces/a/pods");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ServedApi.tree(answer).text("message"))
        .isEqualTo(
            "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API"
                + " group \"\" in the namespace \"a\"");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    HttpResponse<String> answer = get(TestClients.stranger("eve"), "/api/v1/pods");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(ServedApi.tree(answer).text("reason")).isEqualTo("Unauthorized");
  }

  @Test
  void takesTheUserFromTheCommonNameOfTheCertificate() throws Exception {
    HttpResponse<String> answer = get(TestClients.user(api.trust(), "jane", "dev"), "/api/v1/pods");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ServedApi.tree(answer).text("message")).contains("User \"jane\"");
  }

  @Test
  void takesTheGroupsFromTheOrganizationsOfTheCertificate() throws Exception {
    Identity jane = TestClients.user(api.trust(), "jane", "dev", "system:masters");
    assertThat(get(jane, "/api/v1/pods").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> as(@Nullable Identity identity, String path, String... headers)
      throws Exception {
    HttpClient client = api.client().sslContext(TestClients.showing(api.trust(), identity)).build();
    return ServedApi.send(client, api.at(path).headers(headers));
  }

  private HttpResponse<String> impersonating(String... headers) throws Exception {
    return as(TestClients.user(api.trust(), "root", "system:masters"), "/api/v1/pods", headers);
  }

  @Test
  void letsAdministratorsActAsSomebodyWithFewerRights() throws Exception {
    HttpResponse<String> answer = impersonating("Impersonate-User", "jane");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ServedApi.tree(answer).text("message")).contains("User \"jane\" cannot list");
  }

  @Test
  void givesAnImpersonatedUserTheGroupsThatAreNamed() throws Exception {
    assertThat(
            impersonating("Impersonate-User", "jane", "Impersonate-Group", "system:masters")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void givesAnImpersonatedServiceAccountItsGroups() throws Exception {
    Identity root = TestClients.user(api.trust(), "root", "system:masters");
    String[] account = {"Impersonate-User", "system:serviceaccount:default:web"};
    assertThat(as(root, "/openid/v1/jwks", account).statusCode()).isEqualTo(200);
    assertThat(as(root, "/openid/v1/jwks", "Impersonate-User", "jane").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Impersonate-Group", "Impersonate-Uid", "Impersonate-Extra-Scopes"})
  void refusesToActAsHalfOfSomebody(String header) throws Exception {
    HttpResponse<String> answer = impersonating(header, "any");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(ServedApi.tree(answer).text("message")).endsWith("without impersonating a user");
  }

  @Test
  void letsNobodyElseActAsAnybody() throws Exception {
    Identity jane = TestClients.user(api.trust(), "jane", "dev");
    HttpResponse<String> answer = as(jane, "/version", "Impersonate-User", "root");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ServedApi.tree(answer).text("message"))
        .isEqualTo(
            "users \"root\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in"
                + " API group \"\" at the cluster scope");
  }

  /** The body is refused before the chain sees the request. */
  @Test
  void namesAndShapesEvenWhatItDoesNotRead() throws Exception {
    Identity root = TestClients.user(api.trust(), "root", "system:masters");
    HttpClient client = api.client().sslContext(TestClients.showing(api.trust(), root)).build();
    HttpResponse<String> answer =
        ServedApi.send(
            client,
            api.at("/api/v1/namespaces")
                .headers("Audit-Id", "mine", "Accept", "application/yaml")
                .POST(BodyPublishers.ofByteArray(new byte[(3 << 20) + 1])));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().allValues("Audit-Id")).containsExactly("mine");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(answer.body()).contains("reason: RequestEntityTooLarge");
  }
}
