package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' chapters on labels and ReplicaSets, typed into kubectl. */
final class KubectlLabelsTest {
  private static final String NAMES = "jsonpath={range .items[*]}{.metadata.name}{\" \"}{end}";
  private static final String OWNERS = "jsonpath={.metadata.ownerReferences}";
  private static final Workload SET = Workload.of("ReplicaSet", "kuard");

  private static final String ANIMALS =
      map("a", "app: alpaca, ver: '1', env: prod")
          + map("b", "app: alpaca, ver: '2', env: test, canary: 'true'")
          + map("c", "app: bandicoot, ver: '2', env: prod")
          + map("d", "app: bandicoot, ver: '2'");

  /** Names of the animals by the selector that finds them. */
  private static final Map<String, String> FOUND =
      Map.ofEntries(
          Map.entry("ver=2,app", "b c d "),
          Map.entry("ver==1,app", "a "),
          Map.entry("app=bandicoot,ver=2", "c d "),
          Map.entry("app in (alpaca,bandicoot)", "a b c d "),
          Map.entry("canary", "b "),
          Map.entry("!canary,app", "a c d "),
          Map.entry("env!=prod,app", "b d "),
          Map.entry("app,app notin (alpaca)", "c d "),
          Map.entry("ver=2,!canary", "c d "));

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(2));

  private static String map(String name, String labels) {
    return """
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, labels: {%s}}
        """
        .formatted(name, labels);
  }

  private static String labelled(String labels) {
    return map("x", labels);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesLabelsOfTheRightForm(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(labelled("app: x"), "apply", "-f", "-");
    kubectl.does(
        "label",
        "cm/x",
        "acme.com/app-version=1.0.0",
        "appVersion=1.0.0",
        "app.version=1",
        "a.b_c-d=",
        "kubernetes.io/cluster-service=true");
    assertThat(kubectl.does("get", "cm", "x", "--show-labels"))
        .contains(
            "a.b_c-d=,acme.com/app-version=1.0.0,app.version=1,app=x,appVersion=1.0.0,"
                + "kubernetes.io/cluster-service=true");
    assertThat(kubectl.failsWith(labelled("-a: x"), "apply", "-f", "-"))
        .contains("metadata.labels: Invalid value: \"-a\": name part must consist of");
    assertThat(kubectl.failsWith(labelled("a".repeat(64) + ": x"), "apply", "-f", "-"))
        .contains("name part must be no more than 63 ");
    assertThat(kubectl.failsWith(labelled("a: " + "x".repeat(64)), "apply", "-f", "-"))
        .contains("must be no more than 63 ");
    assertThat(kubectl.failsWith(labelled("a: 1"), "apply", "-f", "-")).contains("labels");
    String note = "annotations: {icon: '{\"any\": [\"text\", 1]}'}";
    kubectl.doesWith(
        labelled("app: x").replace("labels: ", note + ", labels: "), "apply", "-f", "-");
    assertThat(kubectl.does("get", "cm", "x", "-o", "jsonpath={.metadata.annotations.icon}"))
        .isEqualTo("{\"any\": [\"text\", 1]}");
    assertThat(
            kubectl.failsWith(
                labelled("-a: b").replace("labels", "annotations"), "apply", "-f", "-"))
        .contains("metadata.annotations: Invalid value: \"-a\"");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void findsAndDeletesBySelector(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(ANIMALS, "apply", "-f", "-");
    for (Map.Entry<String, String> found : FOUND.entrySet()) {
      assertThat(kubectl.does("get", "cm", "-l", found.getKey(), "-o", NAMES))
          .as(found.getKey())
          .isEqualTo(found.getValue());
    }
    assertThat(kubectl.does("get", "cm", "b", "-L", "canary")).contains(" CANARY\n", " true\n");
    kubectl.does("delete", "cm", "-l", "ver=2,!canary");
    assertThat(kubectl.does("get", "cm", "-l", "app", "-o", NAMES)).isEqualTo("a b ");
    kubectl.does("delete", "cm", "--all");
    assertThat(kubectl.does("get", "cm", "-l", "app", "-o", NAMES)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void labelsDeploymentButNotItsPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "deploy", "alpaca-prod", "--image=kuber.io/kuard:1");
    kubectl.awaits("available", "deploy/alpaca-prod");
    assertThat(kubectl.does("label", "deployments/alpaca-prod", "canary=true", "ver=1"))
        .isEqualTo("deployment.apps/alpaca-prod labeled\n");
    assertThat(kubectl.does("get", "deploy", "--show-labels"))
        .contains("app=alpaca-prod,canary=true,ver=1");
    assertThat(kubectl.does("get", "pods", "-l", "canary", "-o", "name")).isEmpty();
    assertThat(kubectl.does("get", "rs", "-o", "name").lines()).hasSize(1);
    assertThat(kubectl.does("label", "deployments", "alpaca-prod", "canary-"))
        .isEqualTo("deployment.apps/alpaca-prod " + kubectl.wording("labeled\n", "unlabeled\n"));
    assertThat(kubectl.does("get", "pods", "--show-labels", "--no-headers"))
        .containsPattern("^alpaca-prod-([a-z0-9]+)-[a-z0-9]{5} .*pod-template-hash=\\1");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsTheNumberOfPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(SET.with("replicas: 3").yaml("extensions/v1beta1"), "apply", "-f", "-");
    kubectl.until("3"::equals, "get", "rs/kuard", "-o", "jsonpath={.status.readyReplicas}");
    String first = kubectl.does("get", "pods", "-o", "jsonpath={.items[0].metadata.name}");
    assertThat(first).matches("kuard-[a-z0-9]{5}");
    assertThat(kubectl.does("get", "pod", first, "-o", OWNERS))
        .contains("\"kind\":\"ReplicaSet\",\"name\":\"kuard\"");
    kubectl.does("delete", "pod", first);
    kubectl.until("3"::equals, "get", "rs/kuard", "-o", "jsonpath={.status.readyReplicas}");
    kubectl.does("run", "fourth", "--image=kuber.io/kuard:1", "--labels=app=kuard");
    kubectl.until(String::isEmpty, "get", "pod", "fourth", "--ignore-not-found");
    assertThat(kubectl.does("describe", "rs", "kuard"))
        .containsPattern("Selector: +app=kuard\n")
        .containsPattern("Labels: +app=kuard\n")
        .containsPattern("Replicas: +3 current / 3 desired\n")
        .containsPattern("Pods Status: +3 Running / 0 Waiting / 0 Succeeded / 0 Failed\n")
        .containsPattern("Normal +SuccessfulCreate .*replicaset-controller +Created pod: kuard-")
        .containsPattern("Normal +SuccessfulDelete .*replicaset-controller +Deleted pod: fourth");
    assertThat(
            kubectl.does(
                "get",
                "rs/kuard",
                "-o",
                "jsonpath={.status.replicas}{.status.fullyLabeledReplicas}"))
        .isEqualTo("33");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void adoptsLonePod(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("run", "lone", "--image=kuber.io/kuard:1", "--labels=app=kuard");
    kubectl.awaits("Ready", "pod/lone");
    SET.with("replicas: 3").runs(kubectl);
    assertThat(kubectl.does("get", "pods", "-l", "app=kuard", "-o", "name"))
        .hasLineCount(3)
        .contains("pod/lone\n");
    assertThat(kubectl.does("get", "pod", "lone", "-o", OWNERS)).contains("\"name\":\"kuard\"");
    String orphaned = "[{\"op\":\"remove\",\"path\":\"/metadata/ownerReferences\"}]";
    kubectl.does("patch", "pod", "lone", "--type=json", "-p", orphaned);
    kubectl.until(owner -> !owner.isEmpty(), "get", "pod", "lone", "-o", OWNERS);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesPodOutOfSetAndService(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    SET.with("replicas: 2").runs(kubectl);
    kubectl.does("expose", "rs", "kuard", "--port=80");
    String backends = "jsonpath={.subsets[*].addresses[*].targetRef.name}";
    String first =
        kubectl.until(
                names -> names.split(" ").length == 2, "get", "endpoints", "kuard", "-o", backends)
            .split(" ")[0];
    kubectl.does("label", "pod", first, "app=debug", "--overwrite");
    kubectl.until(
        names -> names.split(" ").length == 2 && !names.contains(first),
        "get",
        "endpoints",
        "kuard",
        "-o",
        backends);
    kubectl.until(String::isEmpty, "get", "pod", first, "-o", OWNERS);
    assertThat(kubectl.does("get", "pod", first)).contains("Running");
    kubectl.does("delete", "rs", "kuard");
    kubectl.until(("pod/" + first + "\n")::equals, "get", "pods", "-o", "name");
    assertThat(kubectl.does("get", "svc", "-o", "name")).isEqualTo("service/kuard\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void hasAsManyPodsAsWasSaidLast(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    SET.with("replicas: 3").runs(kubectl);
    assertThat(kubectl.does("scale", "replicasets", "kuard", "--replicas=5"))
        .isEqualTo("replicaset.apps/kuard scaled\n");
    kubectl.until("5"::equals, "get", "rs/kuard", "-o", "jsonpath={.status.readyReplicas}");
    String before = kubectl.does("get", "pods", "-o", "name");
    SET.with("replicas: 4").runs(kubectl);
    String after = kubectl.until(pods -> pods.lines().count() == 4, "get", "pods", "-o", "name");
    assertThat(before.lines()).containsAll(after.lines().toList());
    assertThat(
            kubectl.failsWith("", "scale", "rs", "kuard", "--current-replicas=9", "--replicas=1"))
        .contains("Expected replicas to be 9, was 4");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void refusesWhatCannotBe(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    for (String kind : new String[] {"ReplicaSet", "Deployment", "DaemonSet"}) {
      String yaml = Workload.of(kind, "web").yaml();
      String other = yaml.replace("matchLabels: {app: web}", "matchLabels: {app: other}");
      assertThat(kubectl.failsWith(other, "apply", "-f", "-"))
          .contains("`selector` does not match template `labels`");
      kubectl.doesWith(yaml, "create", "-f", "-");
      assertThat(kubectl.failsWith(yaml, "create", "-f", "-"))
          .contains("(AlreadyExists)", "\"web\" already exists");
      assertThat(kubectl.failsWith(yaml.replace("app: web}", "app: other}"), "apply", "-f", "-"))
          .contains("spec.selector: Invalid value", "field is immutable");
    }
    String service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: numbers}
        spec: {selector: {ver: 2}, ports: [{port: 80}]}
        """;
    assertThat(kubectl.failsWith(service, "apply", "-f", "-")).contains("selector");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void selectsPodsByExpressions(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("run", "old", "--image=kuber.io/kuard:1", "--labels=app=kuard,ver=1");
    kubectl.does("run", "new", "--image=kuber.io/kuard:1", "--labels=app=kuard,ver=2");
    String set =
        SET.with("replicas: 2")
            .yaml()
            .replace(
                "matchLabels: {app: kuard}",
                "matchExpressions: [{key: app, operator: In, values: [kuard]}, {key: ver, operator:"
                    + " NotIn, values: [\"1\"]}, {key: app, operator: Exists}, {key: canary,"
                    + " operator: DoesNotExist}]");
    kubectl.doesWith(set, "apply", "-f", "-");
    kubectl.until("2"::equals, "get", "rs/kuard", "-o", "jsonpath={.status.readyReplicas}");
    kubectl.until(owner -> !owner.isEmpty(), "get", "pod", "new", "-o", OWNERS);
    assertThat(kubectl.does("get", "pod", "old", "-o", OWNERS)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsReplicationController(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String controller =
        SET.with("replicas: 2")
            .yaml()
            .replace("apps/v1", "v1")
            .replace("ReplicaSet", "ReplicationController")
            .replace("matchLabels: {app: kuard}", "app: kuard");
    kubectl.doesWith(controller, "apply", "-f", "-");
    kubectl.until("2"::equals, "get", "rc/kuard", "-o", "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("scale", "rc", "kuard", "--replicas=1"))
        .isEqualTo("replicationcontroller/kuard scaled\n");
    kubectl.until(pods -> pods.lines().count() == 1, "get", "pods", "-o", "name");
    assertThat(kubectl.does("get", "rc")).containsPattern("kuard +1 +1 +1 ");
    assertThat(kubectl.does("describe", "rc", "kuard"))
        .containsPattern("SuccessfulCreate .*replication-controller +Created pod: kuard-");
  }
}
