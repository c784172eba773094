package io.kuber.server.chain;

import static io.kuber.server.chain.GatedApi.JANE;
import static io.kuber.server.chain.GatedApi.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.User;
import io.kuber.http.Response;
import io.kuber.json.Json;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate asks about a request, and in which words it refuses one. */
class GateTest {
  private static final User ROOT = User.system("root");

  private final GatedApi gate = new GatedApi();

  private String refusal(String method, String target, String... headers) throws Exception {
    Response answer = gate.answer(JANE, method, target, headers);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(gate.passed).isEmpty();
    return Json.parse(answer.body()).text("message");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/api/v1/namespaces/x/pods|pods is forbidden: User \"jane\" cannot list resource"
            + " \"pods\" in API group \"\" in the namespace \"x\"",
        "DELETE|/api/v1/nodes/n|nodes \"n\" is forbidden: User \"jane\" cannot delete resource"
            + " \"nodes\" in API group \"\" at the cluster scope",
        "PATCH|/apis/apps/v1/namespaces/x/deployments/d/scale|deployments.apps \"d\" is forbidden:"
            + " User \"jane\" cannot patch resource \"deployments/scale\" in API group \"apps\" in"
            + " the namespace \"x\"",
        "GET|/api/v1/namespaces/x|namespaces \"x\" is forbidden: User \"jane\" cannot get resource"
            + " \"namespaces\" in API group \"\" in the namespace \"x\"",
        "POST|/metrics|forbidden: User \"jane\" cannot post path \"/metrics\"",
        "GET|/%3Cb%3E|forbidden: User \"jane\" cannot get path \"/&lt;b&gt;\"",
      })
  void refusesInTheWordsOfKubernetes(String method, String target, String message)
      throws Exception {
    gate.grant();
    assertThat(refusal(method, target)).isEqualTo(message);
  }

  @Test
  void tellsWhichRoleIsMissing() throws Exception {
    assertThat(refusal("GET", "/api/v1/pods"))
        .endsWith(
            "at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io \"granted\" not"
                + " found");
  }

  /** Tricks with which a path might be authorised as one thing and routed as another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "//api//v1///namespaces/x/secrets",
        "/api/v1/namespaces/x/secrets/",
        "/api/v1/namespaces/x/pods/..%2Fsecrets",
        "/api/v1/namespaces/x/pods/../secrets/s",
        "/api/v1/namespaces/x/pods/%2e%2e/secrets",
        "/api/v1/namespaces/x%2Fpods/secrets/s",
        "/%61pi/v1/namespaces/x/%73ecrets",
        "/api/v1/./secrets",
        "/api;a/v1/secrets",
        "/API/v1/secrets",
        "/api/v1/watch/namespaces/x/secrets/s",
        "/api/v1/namespaces/x/pods/p/proxy/api/v1/secrets",
        "/api%2Fv1%2Fsecrets",
        "/healthz/../api/v1/secrets",
        "/healthz%2F..%2Fapi/v1/secrets",
        "/version?path=/api/v1/secrets",
        "/api/v1/secrets%00",
        "/",
        "//",
      })
  void authorisesAPathAsItIsRouted(String target) throws Exception {
    assertThat(gate.status(ROOT, "GET", target)).isEqualTo(204);
    assertThat(gate.deeds).hasSize(1);
    ServerRequest routed = gate.passed.get(0);
    if (gate.deeds.get(0) instanceof OnResource deed) {
      RequestPath path = routed.path().orElseThrow();
      assertThat(deed.group()).isEqualTo(path.group());
      assertThat(deed.resource()).isEqualTo(path.resource());
      assertThat(deed.subresource()).isEqualTo(path.subresource());
      assertThat(deed.namespace()).isEqualTo(path.namespace());
      assertThat(deed.name()).isEqualTo(path.name());
    } else {
      OnPath deed = (OnPath) gate.deeds.get(0);
      assertThat(routed.path().filter(path -> !path.resource().isEmpty())).isEmpty();
      String segments = "/" + String.join("/", routed.request().segments());
      assertThat(deed.path()).isIn(segments, segments + "/");
    }
  }

  @Test
  void takesTheOneObjectOfASelectorForItsName() throws Exception {
    gate.grant(rule(List.of("list", "watch"), "", "secrets").with("resourceNames", Items.of("a")));
    String secrets = "/api/v1/namespaces/x/secrets";
    assertThat(gate.status(JANE, "GET", secrets + "?fieldSelector=metadata.name%3Da"))
        .isEqualTo(204);
    assertThat(gate.status(JANE, "GET", secrets + "?watch=1&fieldSelector=metadata.name%3Da"))
        .isEqualTo(204);
    for (String selector :
        List.of(
            "",
            "?fieldSelector=metadata.name%3Db",
            "?fieldSelector=metadata.name!%3Da",
            "?fieldSelector=metadata.name%3Db&fieldSelector=metadata.name%3Da")) {
      assertThat(gate.status(JANE, "GET", secrets + selector)).as(selector).isEqualTo(403);
    }
  }

  @Test
  void letsOnlyThoseImpersonateWhoMay() throws Exception {
    String pods = "/api/v1/pods";
    assertThat(refusal("GET", pods, "Impersonate-User", "root"))
        .startsWith(
            "users \"root\" is forbidden: User \"jane\" cannot impersonate resource \"users\" in"
                + " API group \"\" at the cluster scope");
    assertThat(refusal("GET", pods, "Impersonate-User", "system:serviceaccount:x:robot"))
        .startsWith(
            "serviceaccounts \"robot\" is forbidden: User \"jane\" cannot impersonate resource"
                + " \"serviceaccounts\" in API group \"\" in the namespace \"x\"");
    gate.grant(rule(List.of("impersonate"), "", "users"));
    assertThat(
            refusal("GET", pods, "Impersonate-User", "bob", "Impersonate-Group", "system:masters"))
        .startsWith("groups \"system:masters\" is forbidden");
    assertThat(refusal("GET", pods, "Impersonate-User", "bob", "Impersonate-Uid", "7"))
        .startsWith("uids.authentication.k8s.io \"7\" is forbidden");
    assertThat(refusal("GET", pods, "Impersonate-User", "bob", "Impersonate-Extra-Scopes", "all"))
        .startsWith(
            "userextras.authentication.k8s.io \"all\" is forbidden: User \"jane\" cannot"
                + " impersonate resource \"userextras/scopes\"");
    assertThat(refusal("GET", pods, "Impersonate-User", "bob"))
        .startsWith("pods is forbidden: User \"bob\" cannot list");
  }

  @Test
  void makesTheRequestThatOfTheImpersonated() throws Exception {
    gate.status(
        ROOT,
        "GET",
        "/version",
        "Impersonate-User",
        "bob",
        "Impersonate-Group",
        "system:masters",
        "impersonate-uid",
        "7",
        "Impersonate-Extra-Acme.com%2Fteam",
        "a");
    assertThat(gate.passed.get(0).user())
        .isEqualTo(
            new User(
                "bob",
                "7",
                List.of("system:masters", User.AUTHENTICATED),
                Map.of("acme.com/team", List.of("a"))));
    assertThat(gate.status(ROOT, "GET", "/version", "Impersonate-Group", "a")).isEqualTo(500);
    gate.grant(Tree.of("verbs", Items.of("get"), "nonResourceURLs", Items.of("/version")));
    gate.status(ROOT, "GET", "/version", "Impersonate-User", "jane");
    assertThat(gate.passed.get(0).user().groups()).containsExactly(User.AUTHENTICATED);
  }

  @ParameterizedTest
  @CsvSource({
    "system:anonymous, system:unauthenticated",
    "system:serviceaccount:x:robot,"
        + " system:serviceaccounts system:serviceaccounts:x system:authenticated",
    "system:serviceaccount:robot, system:authenticated",
  })
  void givesTheImpersonatedTheGroupsOfTheirKind(String name, String groups) {
    Wish wish = new Wish(name, List.of(), "", Map.of());
    assertThat(wish.fulfilled().groups()).containsExactly(groups.split(" ", -1));
  }

  @Test
  void opensAStreamByGetOnlyToWhoeverMayCreateIt() throws Exception {
    String exec = "/api/v1/namespaces/x/pods/p/exec";
    gate.grant(rule(List.of("get"), "", "pods/exec"));
    assertThat(refusal("GET", exec)).contains("cannot create resource \"pods/exec\"");
    gate.grant(rule(List.of("get", "create"), "", "pods/exec"));
    assertThat(gate.status(JANE, "GET", exec)).isEqualTo(204);
    assertThat(new String(gate.answer(JANE, "GET", "/x").body(), UTF_8)).contains("Forbidden");
  }
}
