package io.kuber.access.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.access.Deed;
import io.kuber.access.Deed.OnPath;
import io.kuber.access.Deed.OnResource;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.store.TreeImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What roles and bindings allow. */
class RbacAuthorizerTest {
  private static final User ALICE = new User("alice", List.of("devs", "system:authenticated"));
  private static final User BOB = User.known("bob");

  private static final String ROLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: some}
      rules:
      - {verbs: [get, list], apiGroups: [""], resources: [pods, "pods/log", "*/scale"]}
      - {verbs: ["*"], apiGroups: [apps], resources: ["*"]}
      - {verbs: [update], apiGroups: [""], resources: [configmaps], resourceNames: [mine]}
      - {verbs: [delete], apiGroups: ["*"], resources: [jobs]}
      - {verbs: [get], nonResourceURLs: [/metrics, "/logs/*"]}
      """;
  private static final String EVERYWHERE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: all}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: some}
      subjects: [{kind: User, name: alice}]
      """;
  private static final String IN_X =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: here, namespace: x}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: some}
      subjects:
      - {kind: Group, name: devs}
      - {kind: ServiceAccount, name: robot}
      - {kind: ServiceAccount, name: other, namespace: z}
      """;

  private final PolicyStore policy = new PolicyStore();
  private final RbacAuthorizer authorizer = RbacAuthorizer.of(policy.store());

  private Ruling rule(User user, String verb, String group, String target, String ns, String name) {
    int slash = target.indexOf('/');
    String resource = slash < 0 ? target : target.substring(0, slash);
    String part = slash < 0 ? "" : target.substring(slash + 1);
    return authorizer.rule(
        user, new OnResource(verb, group, "v1", resource, part, ns, name, Map.of()));
  }

  private boolean mayListPods(User user, String namespace) {
    return rule(user, "list", "", "pods", namespace, "").allowed();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "get,    '',    pods,                  x,  p,    true",
        "list,   '',    pods,                  '', '',   true",
        "create, '',    pods,                  x,  '',   false",
        "get,    '',    pods/log,              x,  p,    true",
        "get,    '',    pods/exec,             x,  p,    false",
        "get,    '',    replicationcontrollers/scale, x, r, true",
        "get,    '',    replicationcontrollers, x, r,    false",
        "get,    batch, pods,                  x,  p,    false",
        "patch,  apps,  deployments/status,    x,  d,    true",
        "patch,  APPS,  deployments,           x,  d,    false",
        "update, '',    configmaps,            x,  mine, true",
        "update, '',    configmaps,            x,  hers, false",
        "update, '',    configmaps,            x,  '',   false",
        "delete, batch, jobs,                  x,  j,    true",
        "delete, old,   jobs,                  '', j,    true",
        "delete, batch, jobs/status,           x,  j,    false",
      })
  void allowsWhatTheRulesSay(
      String verb, String group, String target, String namespace, String name, boolean allowed) {
    policy.put(ROLE);
    policy.put(EVERYWHERE);
    assertThat(rule(ALICE, verb, group, target, namespace, name).allowed()).isEqualTo(allowed);
    assertThat(rule(BOB, verb, group, target, namespace, name).allowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "get,  /metrics,    true",
    "get,  /metrics/x,  false",
    "get,  /logs/a/b,   true",
    "get,  /logs,       false",
    "post, /metrics,    false",
  })
  void allowsPathsToThoseWhoHaveThemEverywhere(String verb, String path, boolean allowed) {
    policy.put(ROLE);
    policy.put(IN_X);
    Deed deed = new OnPath(verb, path);
    assertThat(authorizer.rule(ALICE, deed).allowed()).isFalse();
    policy.put(EVERYWHERE);
    assertThat(authorizer.rule(ALICE, deed).allowed()).isEqualTo(allowed);
  }

  @Test
  void forgetsWhatTheStoreNoLongerHasWhenItGoesOnFromAnotherImage() {
    policy.put(ROLE);
    TreeImage before = policy.store().image();
    policy.put(EVERYWHERE);
    assertThat(mayListPods(ALICE, "x")).isTrue();
    policy.store().continueWith(before);
    assertThat(mayListPods(ALICE, "x")).isFalse();
  }

  @Test
  void bindsGroupsAndAccountsInOneNamespaceOnly() {
    policy.put(ROLE);
    policy.put(IN_X);
    User robot = User.serviceAccount("x", "robot", "1", Map.of());
    User other = User.serviceAccount("z", "other", "2", Map.of());
    for (User user : List.of(ALICE, robot, other)) {
      assertThat(mayListPods(user, "x")).as(user.name()).isTrue();
      assertThat(mayListPods(user, "y")).as(user.name()).isFalse();
      assertThat(mayListPods(user, "")).as(user.name()).isFalse();
    }
    assertThat(mayListPods(User.serviceAccount("y", "robot", "3", Map.of()), "x")).isFalse();
    assertThat(mayListPods(new User("eve", List.of("Devs")), "x")).isFalse();
  }

  @Test
  void tellsWhyAndWhatIsMissing() {
    policy.put(ROLE);
    policy.put(IN_X);
    assertThat(rule(ALICE, "list", "", "pods", "x", "").reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"here/x\" of ClusterRole \"some\" to Group \"devs\"");
    User robot = User.serviceAccount("x", "robot", "1", Map.of());
    assertThat(rule(robot, "list", "", "pods", "x", "").reason())
        .endsWith("to ServiceAccount \"robot/x\"");
    policy.put(IN_X.replace("name: some", "name: none").replace("here", "there"));
    assertThat(rule(ALICE, "create", "", "pods", "x", "").reason())
        .isEqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"none\" not found");
    policy.put(IN_X.replace("ClusterRole, name: some", "Role, name: gone").replace("here", "and"));
    assertThat(rule(ALICE, "create", "", "pods", "x", "").reason())
        .isEqualTo(
            "RBAC: [clusterrole.rbac.authorization.k8s.io \"none\" not found,"
                + " role.rbac.authorization.k8s.io \"gone\" not found]");
    assertThat(rule(ALICE, "create", "", "pods", "y", "").reason()).isEmpty();
  }

  @Test
  void followsEveryChange() {
    policy.put(EVERYWHERE);
    assertThat(mayListPods(ALICE, "x")).isFalse();
    policy.put(ROLE);
    assertThat(mayListPods(ALICE, "x")).isTrue();
    policy.put(EVERYWHERE.replace("alice", "bob"));
    assertThat(mayListPods(ALICE, "x")).isFalse();
    assertThat(mayListPods(BOB, "x")).isTrue();
    policy.put(ROLE.replace("list]", "watch]"));
    assertThat(mayListPods(BOB, "x")).isFalse();
    policy.put(ROLE);
    policy.delete(Resources.CLUSTER_ROLE_BINDINGS.object("", "all"));
    assertThat(mayListPods(BOB, "x")).isFalse();
  }

  @Test
  void knowsWhatWasThereBefore() {
    policy.put(ROLE);
    policy.put(EVERYWHERE);
    KubeObject unrelated = Resources.PODS.object("x", "p");
    policy.put(unrelated);
    assertThat(RbacAuthorizer.of(policy.store()).rights(ALICE, "x"))
        .isEqualTo(authorizer.rights(ALICE, "x"))
        .isNotEqualTo(Rights.NONE);
  }

  @Test
  void listsRightsOfTheClusterAndOfOneNamespace() {
    policy.put(ROLE);
    policy.put(IN_X);
    Rights here = authorizer.rights(ALICE, "x");
    assertThat(here.onResources()).hasSize(4);
    assertThat(here.onPaths()).isEmpty();
    assertThat(authorizer.rights(ALICE, "y")).isEqualTo(Rights.NONE);
    policy.put(EVERYWHERE);
    assertThat(authorizer.rights(ALICE, "y").onPaths()).hasSize(1);
    assertThat(authorizer.rights(ALICE, "x").onResources()).hasSize(8);
  }
}
