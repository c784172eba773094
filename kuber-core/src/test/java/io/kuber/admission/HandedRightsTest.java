package io.kuber.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Access;
import io.kuber.access.Authenticator;
import io.kuber.access.Authorizers;
import io.kuber.access.Superusers;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.access.node.NodeAuthorizer;
import io.kuber.access.rbac.RbacAuthorizer;
import io.kuber.api.Api;
import io.kuber.api.ApiException;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.client.Client.PatchType;
import io.kuber.client.local.LocalClient;
import io.kuber.json.Yaml;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may give rights away, and what a node may write, through an API with all authorizers. */
class HandedRightsTest {
  private static final User ADMIN = User.system("admin");
  private static final User JANE = new User("jane", List.of("devs", User.AUTHENTICATED));
  private static final String RULES =
      "{verbs: [%s], apiGroups: [rbac.authorization.k8s.io], resources: [%s]}";

  private final SimulatedLoops loops = new SimulatedLoops(1, Instant.parse("2026-01-01T00:00:00Z"));
  private final LocalStore store = new LocalStore();
  private final Authorizers authorizer =
      new Authorizers(
          List.of(
              new Superusers(),
              NodeAuthorizer.of(store, loops.loop("nodes")),
              RbacAuthorizer.of(store)));
  private final Api api =
      new Api(
          store,
          WatchHub.of(store),
          BuiltInKinds::catalogue,
          AdmissionChain.standard(loops, authorizer),
          new Access(Authenticator.NONE, TokenIssuer.NONE, authorizer),
          loops);

  private LocalClient as(User user) {
    return new LocalClient(api, user, loops.loop(user.name()));
  }

  private static KubeObject object(ResourceType type, String namespace, String name, String yaml) {
    Tree more = Yaml.parse(yaml.getBytes(UTF_8));
    KubeObject object = type.object(namespace, name);
    for (int i = 0; i < more.size(); i++) {
      object = object.with(more.valueAt(i), more.nameAt(i));
    }
    return object;
  }

  private KubeObject creates(User user, ResourceType type, String ns, String name, String yaml) {
    return as(user).create(type, object(type, ns, name, yaml)).toCompletableFuture().join();
  }

  private static String refusal(CompletionStage<?> stage) {
    Throwable refusal =
        assertThatThrownBy(() -> stage.toCompletableFuture().join())
            .isInstanceOf(CompletionException.class)
            .cause()
            .isInstanceOf(ApiException.class)
            .actual();
    return String.valueOf(refusal.getMessage());
  }

  private String refused(User user, ResourceType type, String ns, String name, String yaml) {
    return refusal(as(user).create(type, object(type, ns, name, yaml)));
  }

  private void grants(String role, String rules) {
    creates(ADMIN, Resources.CLUSTER_ROLES, "", role, "{rules: [" + rules + "]}");
    creates(
        ADMIN,
        Resources.CLUSTER_ROLE_BINDINGS,
        "",
        role,
        "{roleRef: {kind: ClusterRole, name: %s}, subjects: [{kind: User, name: jane}]}"
            .formatted(role));
  }

  @BeforeEach
  void begin() {
    for (String namespace : List.of("x", "kube-node-lease")) {
      creates(ADMIN, Resources.NAMESPACES, "", namespace, "{}");
    }
    grants("writer", RULES.formatted("create, update, patch, get", "'*'"));
    grants("reader", "{verbs: [get, list], apiGroups: [''], resources: [pods]}");
    creates(
        ADMIN,
        Resources.CLUSTER_ROLES,
        "",
        "secrets",
        "{rules: [{verbs: [get, list], apiGroups: [''], resources: [secrets]}]}");
  }

  private static String role(String resource) {
    return "{rules: [{verbs: [get], apiGroups: [''], resources: [" + resource + "]}]}";
  }

  private static String binding(String role) {
    return "{roleRef: {kind: ClusterRole, name: " + role + "}, subjects: [{kind: User, name: b}]}";
  }

  @Test
  void writesRolesOfWhatTheAuthorHas() {
    creates(JANE, Resources.ROLES, "x", "a", role("pods"));
    assertThat(refused(JANE, Resources.ROLES, "x", "b", role("secrets")))
        .isEqualTo(
            """
            roles.rbac.authorization.k8s.io "b" is forbidden: user "jane" \
            (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions \
            not currently held:
            {APIGroups:[""], Resources:["secrets"], Verbs:["get"]}""");
    KubeObject mine = as(JANE).get(Resources.ROLES, "x", "a").toCompletableFuture().join();
    KubeObject more =
        mine.with(Yaml.parse(role("secrets").getBytes(UTF_8)).items("rules"), "rules");
    assertThat(refusal(as(JANE).update(Resources.ROLES, more))).contains("not currently held");
    grants("escalator", RULES.formatted("escalate", "roles"));
    assertThat(as(JANE).update(Resources.ROLES, more).toCompletableFuture().join().uid())
        .isEqualTo(mine.uid());
  }

  @Test
  void bindsRolesOfWhatTheAuthorHas() {
    creates(JANE, Resources.ROLE_BINDINGS, "x", "a", binding("reader"));
    assertThat(refused(JANE, Resources.ROLE_BINDINGS, "x", "b", binding("secrets")))
        .startsWith("rolebindings.rbac.authorization.k8s.io \"b\" is forbidden: user \"jane\"")
        .endsWith("{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\"]}");
    assertThat(refused(JANE, Resources.CLUSTER_ROLE_BINDINGS, "", "b", binding("none")))
        .isEqualTo("clusterroles.rbac.authorization.k8s.io \"none\" not found");
    grants(
        "binder",
        "{verbs: [bind], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles],"
            + " resourceNames: [secrets]}");
    creates(JANE, Resources.ROLE_BINDINGS, "x", "b", binding("secrets"));
    KubeObject other =
        as(JANE)
            .get(Resources.ROLE_BINDINGS, "x", "b")
            .toCompletableFuture()
            .join()
            .with("reader", "roleRef", "name");
    assertThat(refusal(as(JANE).update(Resources.ROLE_BINDINGS, other)))
        .contains("cannot change roleRef");
  }

  @Test
  void gathersOnlyForWhoeverHasAll() {
    String gathers = "{aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}}";
    assertThat(refused(JANE, Resources.CLUSTER_ROLES, "", "g", gathers))
        .isEqualTo(
            "clusterroles.rbac.authorization.k8s.io \"g\" is forbidden: must have cluster-admin"
                + " privileges to use the aggregationRule");
    grants(
        "all",
        "{verbs: ['*'], apiGroups: ['*'], resources: ['*']}, {verbs: ['*'],"
            + " nonResourceURLs: ['*']}");
    creates(JANE, Resources.CLUSTER_ROLES, "", "g", gathers);
  }

  @Test
  void createsByUpdateOnlyForWhoeverMayCreate() {
    User updater = User.known("updater");
    grants("own", RULES.formatted("update, escalate", "roles"));
    creates(
        ADMIN,
        Resources.CLUSTER_ROLE_BINDINGS,
        "",
        "updater",
        "{roleRef: {kind: ClusterRole, name: own}, subjects: [{kind: User, name: updater}]}");
    KubeObject role = object(Resources.ROLES, "x", "new", role("pods"));
    assertThat(refusal(as(updater).update(Resources.ROLES, role)))
        .isEqualTo(
            "roles.rbac.authorization.k8s.io \"new\" is forbidden: User \"updater\" cannot create"
                + " resource \"roles\" in API group \"rbac.authorization.k8s.io\" in the namespace"
                + " \"x\"");
  }

  @Test
  void keepsANodeToItself() {
    User node = User.node("n1");
    String labels = "{metadata: {name: n1, labels: {kubernetes.io/hostname: n1, mine: a}}}";
    KubeObject made = creates(node, Resources.NODES, "", "n1", labels);
    assertThat(refused(node, Resources.NODES, "", "n2", "{}"))
        .isEqualTo("nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"");
    KubeObject moved = made.with("a", "metadata", "labels", "node-restriction.kubernetes.io/pool");
    assertThat(refusal(as(node).update(Resources.NODES, moved)))
        .isEqualTo(
            "nodes \"n1\" is forbidden: is not allowed to modify labels:"
                + " node-restriction.kubernetes.io/pool");
    KubeObject tainted =
        made.with(Items.of(Tree.of("key", "a", "effect", "NoSchedule")), "spec", "taints");
    assertThat(refusal(as(node).update(Resources.NODES, tainted)))
        .endsWith("node \"n1\" is not allowed to modify taints");
    String lease = "{spec: {holderIdentity: a}}";
    creates(node, Resources.LEASES, "kube-node-lease", "n1", lease);
    assertThat(refused(node, Resources.LEASES, "kube-node-lease", "n2", lease))
        .endsWith("can only access node lease with the same name as the requesting node");
  }

  @Test
  void keepsANodeToItsPods() {
    User node = User.node("n1");
    String pod = "{spec: {nodeName: %s, containers: [{name: a, image: b}]}}";
    creates(ADMIN, Resources.PODS, "x", "mine", pod.formatted("n1"));
    creates(ADMIN, Resources.PODS, "x", "other", pod.formatted("n2"));
    Tree patch = Tree.of("status", Tree.of("phase", "Running"));
    for (String name : List.of("mine", "other")) {
      CompletionStage<KubeObject> patched =
          as(node).patch(Resources.PODS, "x", name, "status", PatchType.MERGE, patch);
      if (name.equals("mine")) {
        assertThat(patched.toCompletableFuture().join().status().text("phase"))
            .isEqualTo("Running");
      } else {
        assertThat(refusal(patched))
            .endsWith(
                "node \"n1\" can only update pod status for pods with spec.nodeName set to itself");
      }
    }
    assertThat(refusal(as(node).delete(Resources.PODS, "x", "other", DeleteOptions.DEFAULT)))
        .endsWith("node \"n1\" can only delete pods with spec.nodeName set to itself");
    assertThat(refused(node, Resources.PODS, "x", "new", pod.formatted("n1")))
        .contains("annotation, node \"n1\" can only create mirror pods");
    assertThat(refusal(as(node).get(Resources.SECRETS, "x", "s")))
        .isEqualTo(
            "secrets \"s\" is forbidden: User \"system:node:n1\" cannot get resource \"secrets\" in"
                + " API group \"\" in the namespace \"x\": no relationship found between node 'n1'"
                + " and this object");
    assertThat(as(node).get(Resources.PODS, "x", "mine").toCompletableFuture().join().name())
        .isEqualTo("mine");
  }
}
