package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.cli.Kubectl.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Roles as kubectl programs make, bind, ask for and mend them; the chapter of the book on RBAC. */
final class KubectlAccessTest {
  private static final String CREATORS =
      """
      kind: Role
      apiVersion: rbac.authorization.k8s.io/v1
      metadata: {name: pod-and-services}
      rules:
      - apiGroups: [""]
        resources: ["pods", "services"]
        verbs: ["create", "delete", "get", "list", "patch", "update", "watch"]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: pods-and-services}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: alice}
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: mydevs}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pod-and-services}
      """;

  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new NoNodes());

  private static String can(Kubectl kubectl, String... question) throws Exception {
    String[] command = new String[question.length + 2];
    command[0] = "auth";
    command[1] = "can-i";
    System.arraycopy(question, 0, command, 2, question.length);
    Outcome outcome = kubectl.tryWith("", command);
    assertThat(outcome.code()).isEqualTo(outcome.out().startsWith("yes") ? 0 : 1);
    return outcome.out().lines().findFirst().orElse("");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesUsersAndGroupsARole(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(can(kubectl, "create", "pods", "--as", "alice")).isEqualTo("no");
    kubectl.doesWith(CREATORS, "apply", "-f", "-");
    assertThat(kubectl.doesWith(CREATORS, "apply", "-f", "-")).contains("unchanged");
    assertThat(can(kubectl, "create", "pods", "--as", "alice")).isEqualTo("yes");
    assertThat(can(kubectl, "create", "pods", "--as", "eve", "--as-group", "mydevs"))
        .isEqualTo("yes");
    assertThat(can(kubectl, "create", "pods", "--as", "Alice")).isEqualTo("no");
    assertThat(can(kubectl, "create", "deployments", "--as", "alice")).isEqualTo("no");
    assertThat(can(kubectl, "create", "pods", "--as", "alice", "-n", "default")).isEqualTo("no");
    assertThat(can(kubectl, "get", "pods", "--subresource=log", "--as", "alice")).isEqualTo("no");
    assertThat(can(kubectl, "get", "/version", "--as", "alice")).isEqualTo("yes");
    assertThat(kubectl.does("auth", "can-i", "--list", "--as", "alice"))
        .containsPattern("pods +\\[\\] +\\[\\] +\\[create delete get list patch update watch\\]")
        .contains("selfsubjectaccessreviews.authorization.k8s.io", "[/version]");
    assertThat(kubectl.does("describe", "role", "pod-and-services"))
        .containsPattern("services +\\[\\] +\\[\\] +\\[create delete");
    kubectl.does("get", "pods", "--as", "alice");
    assertThat(kubectl.failsWith("", "get", "secrets", "--as", "alice"))
        .contains(
            "secrets is forbidden: User \"alice\" cannot list resource \"secrets\" in API group"
                + " \"\" in the namespace \""
                + kubectl.namespace()
                + "\"");
    assertThat(
            kubectl.failsWith(
                CREATORS.replace("kind: Role, name: pod", "kind: ClusterRole, name: pod"),
                "apply",
                "-f",
                "-"))
        .contains("cannot change roleRef");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void hasTheRolesOfEveryCluster(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    assertThat(kubectl.does("get", "clusterroles"))
        .contains("cluster-admin", "admin", "edit", "view", "system:node", "system:discovery")
        .contains("system:controller:replicaset-controller");
    assertThat(kubectl.does("get", "clusterrolebindings", "-o", "wide"))
        .containsPattern("cluster-admin +ClusterRole/cluster-admin .* system:masters");
    kubectl.until(rules -> rules.contains("secrets"), "get", "clusterrole", "edit", "-o", "yaml");
    kubectl.until(
        rules -> rules.contains("rolebindings"), "get", "clusterrole", "admin", "-o", "yaml");
    for (String role : new String[] {"view", "edit", "admin"}) {
      kubectl.does("create", "rolebinding", role, "--clusterrole=" + role, "--user=u-" + role);
    }
    assertThat(can(kubectl, "get", "pods", "--as=u-view")).isEqualTo("yes");
    assertThat(can(kubectl, "get", "secrets", "--as=u-view")).isEqualTo("no");
    assertThat(can(kubectl, "create", "deployments", "--as=u-view")).isEqualTo("no");
    assertThat(can(kubectl, "create", "deployments", "--as=u-edit")).isEqualTo("yes");
    assertThat(can(kubectl, "create", "roles", "--as=u-edit")).isEqualTo("no");
    assertThat(can(kubectl, "create", "rolebindings", "--as=u-admin")).isEqualTo("yes");
    assertThat(can(kubectl, "create", "resourcequotas", "--as=u-admin")).isEqualTo("no");
    assertThat(can(kubectl, "get", "pods", "-n", "default", "--as=u-admin")).isEqualTo("no");
    String[] greed = {"create", "rolebinding", "more", "--clusterrole=cluster-admin", "--user=me"};
    String[] asAdmin = Arrays.copyOf(greed, greed.length + 1);
    asAdmin[greed.length] = "--as=u-admin";
    assertThat(kubectl.failsWith("", asAdmin))
        .contains("is attempting to grant RBAC permissions not currently held");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void gathersTheRulesOfLabelledRoles(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String name = "gathered-" + kubectl.namespace();
    kubectl.does("create", "clusterrole", name, "--aggregation-rule=to=" + name);
    kubectl.does(
        "create", "clusterrole", name + "-a", "--verb=get,list", "--resource=configmaps,pods");
    kubectl.does("create", "clusterrolebinding", name, "--clusterrole=" + name, "--user=" + name);
    assertThat(can(kubectl, "get", "pods", "--as=" + name)).isEqualTo("no");
    kubectl.does("label", "clusterrole", name + "-a", "to=" + name);
    kubectl.until(
        answer -> answer.startsWith("yes"), "auth", "can-i", "get", "pods", "--as=" + name);
    kubectl.does("label", "clusterrole", name + "-a", "to-");
    kubectl.until(
        answer -> answer.startsWith("no"), "auth", "can-i", "get", "pods", "--as=" + name);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesARoleToAServiceAccountWithAToken(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "serviceaccount", "robot");
    kubectl.does(
        "create", "role", "reader", "--verb=get", "--resource=configmaps", "--resource-name=a");
    kubectl.does(
        "create",
        "rolebinding",
        "r",
        "--role=reader",
        "--serviceaccount=" + kubectl.namespace() + ":robot");
    kubectl.does("create", "configmap", "a", "--from-literal=k=v");
    kubectl.does("create", "configmap", "b", "--from-literal=k=v");
    String[] asRobot = bearing(kubectl, token(kubectl, "robot"));
    assertThat(kubectl.does(with(asRobot, "get", "configmap", "a", "-o", "jsonpath={.data.k}")))
        .isEqualTo("v");
    assertThat(kubectl.failsWith("", with(asRobot, "get", "configmap", "b")))
        .contains(
            "User \"system:serviceaccount:" + kubectl.namespace() + ":robot\" cannot get resource");
    kubectl.does("delete", "serviceaccount", "robot");
    assertThat(kubectl.failsWith("", with(asRobot, "get", "configmap", "a")))
        .contains("Unauthorized");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void saysToAServiceAccountWhoItIs(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "serviceaccount", "robot");
    String[] asRobot = bearing(kubectl, kubectl.does("create", "token", "robot").strip());
    assertThat(kubectl.does(with(asRobot, "auth", "whoami")))
        .contains("system:serviceaccount:" + kubectl.namespace() + ":robot\n")
        .contains("system:serviceaccounts:" + kubectl.namespace(), "system:authenticated");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsATokenInASecret(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "serviceaccount", "robot");
    kubectl.doesWith(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: key, annotations: {kubernetes.io/service-account.name: robot}}
        type: kubernetes.io/service-account-token
        """,
        "apply",
        "-f",
        "-");
    String token =
        kubectl.until(
            text -> !text.isEmpty(),
            "get",
            "secret",
            "key",
            "-o",
            "go-template={{with .data}}{{.token | base64decode}}{{end}}");
    assertThat(kubectl.does("describe", "secret", "key"))
        .containsPattern("Type: +kubernetes.io/service-account-token")
        .containsPattern("ca.crt: +\\d+ bytes")
        .contains("token:", "kubernetes.io/service-account.uid");
    String[] asRobot = bearing(kubectl, token);
    assertThat(kubectl.failsWith("", with(asRobot, "get", "configmap", "b")))
        .contains("User \"system:serviceaccount:" + kubectl.namespace() + ":robot\"");
    kubectl.does("delete", "serviceaccount", "robot");
    kubectl.until(String::isEmpty, "get", "secret", "key", "--ignore-not-found");
  }

  /** A token, by a request that programs older than {@code create token} can make too. */
  private static String token(Kubectl kubectl, String account) throws Exception {
    String wish =
        kubectl.file(
            "token.json",
            "{\"kind\":\"TokenRequest\",\"apiVersion\":\"authentication.k8s.io/v1\"}");
    String path =
        "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(kubectl.namespace(), account);
    Matcher token = TOKEN.matcher(kubectl.does("create", "--raw", path, "-f", wish));
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  /** What a command needs to come with this token alone. */
  private static String[] bearing(Kubectl kubectl, String token) throws Exception {
    String server = kubectl.does("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
    return new String[] {
      "--kubeconfig=/dev/null",
      "--insecure-skip-tls-verify",
      "--server=" + server,
      "--token=" + token
    };
  }

  private static String[] with(String[] options, String... command) {
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return all;
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void reconcilesRoles(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String[] reconcile = {"auth", "reconcile", "-f", "-"};
    String placed =
        CREATORS.replace("metadata: {", "metadata: {namespace: " + kubectl.namespace() + ", ");
    kubectl.doesWith(placed, with(new String[] {"--dry-run=client"}, reconcile));
    assertThat(kubectl.failsWith("", "get", "role", "pod-and-services")).contains("not found");
    assertThat(kubectl.doesWith(placed, reconcile))
        .contains("role.rbac.authorization.k8s.io/pod-and-services reconciled")
        .contains("rolebinding.rbac.authorization.k8s.io/pods-and-services reconciled");
    String more = placed.replace("\"services\"", "\"endpoints\"").replace("alice", "bob");
    kubectl.doesWith(more, reconcile);
    assertThat(kubectl.does("get", "role", "pod-and-services", "-o", "yaml"))
        .contains("services", "endpoints");
    assertThat(kubectl.does("get", "rolebinding", "pods-and-services", "-o", "wide"))
        .contains("alice", "bob");
  }
}
