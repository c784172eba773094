package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.kuber.access.User;
import io.kuber.access.rbac.RbacAuthorizer;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.object.KubeObject;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may give away which rights, and what nodes may write. */
final class RoleWritesTest {
  private static final User ALICE = User.known("alice");
  private static final User NODE =
      new User("system:node:one", List.of("system:nodes", "system:authenticated"));
  private static final String READ_PODS =
      "rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]";
  private static final String READ_SECRETS =
      "rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]";

  private final TestApi objects = new TestApi();
  private final Api api =
      new Api(
          objects.store,
          objects.hub,
          BuiltInKinds::catalogue,
          AdmissionChain.standard(objects.loops, RbacAuthorizer.of(objects.store)),
          objects.loops);

  @BeforeEach
  void letAliceReadPods() {
    objects.create(Resources.CLUSTER_ROLES, "{metadata: {name: reader}, " + READ_PODS + "}");
    objects.create(Resources.CLUSTER_ROLES, "{metadata: {name: spy}, " + READ_SECRETS + "}");
    objects.create(Resources.CLUSTER_ROLE_BINDINGS, binding("alice", "reader"));
  }

  private static String binding(String name, String role) {
    return """
        metadata: {name: %s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
        """
        .formatted(name, role);
  }

  private KubeObject create(User user, ResourceType type, String yaml) {
    String namespace = type.namespaced() ? "default" : "";
    ApiRequest request =
        ApiRequest.of(Verb.CREATE, type, namespace, "", user)
            .with(new Body.Whole(TestApi.yaml(yaml)));
    return ((One) TestApi.resolved(api.handle(request))).object();
  }

  private void isForbidden(User user, ResourceType type, String yaml, String why) {
    assertThatThrownBy(() -> create(user, type, yaml))
        .hasMessageContaining(why)
        .asInstanceOf(type(ApiException.class))
        .extracting(ApiException::reason)
        .isEqualTo(StatusReason.FORBIDDEN);
  }

  @Test
  void givesAwayInRolesWhatTheWriterHas() {
    assertThat(create(ALICE, Resources.ROLES, "{metadata: {name: same}, " + READ_PODS + "}").name())
        .isEqualTo("same");
    isForbidden(
        ALICE,
        Resources.ROLES,
        "{metadata: {name: more}, " + READ_SECRETS + "}",
        "is attempting to grant RBAC permissions not currently held");
  }

  @Test
  void bindsRolesOfWhichTheWriterHasEverything() {
    create(ALICE, Resources.CLUSTER_ROLE_BINDINGS, binding("bob", "reader"));
    isForbidden(
        ALICE,
        Resources.CLUSTER_ROLE_BINDINGS,
        binding("carol", "spy"),
        "is attempting to grant RBAC permissions not currently held");
  }

  @Test
  void letsWhoMayBindOrEscalateGiveAwayMore() {
    objects.create(
        Resources.CLUSTER_ROLES,
        """
        metadata: {name: giver}
        rules: [{verbs: [bind, escalate], apiGroups: [rbac.authorization.k8s.io], resources: ['*']}]
        """);
    objects.create(
        Resources.CLUSTER_ROLE_BINDINGS,
        binding("alice", "giver").replace("name: alice}\nroleRef", "name: more}\nroleRef"));
    create(ALICE, Resources.ROLES, "{metadata: {name: more}, " + READ_SECRETS + "}");
    create(ALICE, Resources.CLUSTER_ROLE_BINDINGS, binding("carol", "spy"));
  }

  @Test
  void letsOnlyAdministratorsGatherRoles() {
    isForbidden(
        ALICE,
        Resources.CLUSTER_ROLES,
        "{metadata: {name: all}, aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}}",
        "must have cluster-admin privileges to use the aggregationRule");
  }

  @Test
  void letsNodesMakeOnlyWhatIsTheirs() {
    String lease = "{metadata: {name: %s, namespace: %s}}";
    objects.create(Resources.NAMESPACES, "{metadata: {name: kube-node-lease}}");
    isForbidden(
        NODE,
        Resources.LEASES,
        lease.formatted("one", "default"),
        "can only access leases in the \"kube-node-lease\" system namespace");
    isForbidden(
        NODE,
        Resources.NODES,
        "{metadata: {name: two}}",
        "node \"one\" is not allowed to modify node \"two\"");
    assertThat(create(NODE, Resources.NODES, "{metadata: {name: one}}").name()).isEqualTo("one");
  }
}
