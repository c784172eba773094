package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' chapters on Deployments, typed into kubectl. */
final class KubectlRolloutTest {
  private static final Workload WEB = Workload.of("Deployment", "web");
  private static final String REVISION =
      "jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}";
  private static final String IMAGES =
      "jsonpath={range .items[*]}{.spec.template.spec.containers[0].image}{\" \"}{end}";

  /** Pods and available pods, one line for each change. */
  private static final String COUNTS =
      "jsonpath={.status.replicas} {.status.availableReplicas} {.status.updatedReplicas}{\"\\n\"}";

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(3));

  /** What a watch of {@link #COUNTS} has seen; what is not there counts as zero. */
  private record Counts(int pods, int available, int updated) {
    static List<Counts> of(String lines) {
      return lines.lines().map(Counts::ofLine).toList();
    }

    private static Counts ofLine(String line) {
      String[] counts = line.split(" ", -1);
      return new Counts(number(counts[0]), number(counts[1]), number(counts[2]));
    }

    private static int number(String text) {
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
  }

  private static void sets(Kubectl kubectl, String image) throws Exception {
    kubectl.does("set", "image", "deploy/web", "c=" + image);
  }

  private static String newest(Kubectl kubectl) throws Exception {
    return kubectl.does("get", "deploy/web", "-o", REVISION);
  }

  /** Rolls a new image out and returns the counts on the way. */
  private static List<Counts> countsOfRollout(Kubectl kubectl, Workload web) throws Exception {
    web.runs(kubectl);
    try (Kubectl.Running watch = kubectl.begins("get", "deploy/web", "-w", "-o", COUNTS)) {
      watch.until(lines -> !lines.isEmpty());
      sets(kubectl, "kuber.io/kuard:2");
      Workload.rolled(kubectl, "deploy/web");
      String end = kubectl.does("get", "deploy/web", "-o", COUNTS);
      List<Counts> seen = Counts.of(watch.until(lines -> lines.endsWith(end) && isLong(lines)));
      kubectl.does("delete", "deploy/web");
      kubectl.until(String::isEmpty, "get", "pods,rs", "-o", "name");
      return seen;
    }
  }

  private static boolean isLong(String lines) {
    return lines.lines().distinct().count() > 2;
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void ownsSetsNamedAfterTheirTemplate(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    WEB.with("replicas: 1").runs(kubectl);
    assertThat(
            kubectl.does(
                "get", "deploy/web", "-o=jsonpath", "--template={.spec.selector.matchLabels}"))
        .isEqualTo("{\"app\":\"web\"}");
    String set = kubectl.does("get", "rs", "--selector=app=web", "-o", "name").strip();
    assertThat(set).matches("replicaset.apps/web-[a-z0-9]+");
    String hash = set.substring(set.lastIndexOf('-') + 1);
    assertThat(kubectl.does("get", set, "-o", "jsonpath={.spec.selector.matchLabels}"))
        .contains("\"pod-template-hash\":\"" + hash + "\"");
    assertThat(kubectl.does("scale", "deployments", "web", "--replicas=2"))
        .isEqualTo("deployment.apps/web scaled\n");
    kubectl.until("2"::equals, "get", set, "-o", "jsonpath={.status.readyReplicas}");
    assertThat(newest(kubectl)).isEqualTo("1");
    assertThat(kubectl.does("get", set, "-o", REVISION)).isEqualTo("1");
    kubectl.until(row -> row.matches("web +2/2 +2 +2 .*\n"), "get", "deploy", "--no-headers");
    assertThat(kubectl.does("describe", "deploy", "web"))
        .containsPattern("StrategyType: +RollingUpdate\n")
        .containsPattern("MinReadySeconds: +0\n")
        .containsPattern("RollingUpdateStrategy: +25% max unavailable, 25% max surge\n")
        .containsPattern("Available +True +MinimumReplicasAvailable\n")
        .containsPattern("OldReplicaSets: +<none>\n")
        .containsPattern("NewReplicaSet: +web-" + hash + " \\(2/2 replicas created\\)\n")
        .containsPattern(
            "ScalingReplicaSet .*deployment-controller +Scaled up replica set web-"
                + hash
                + "( from 0)? to 1");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsRolloutByTemplateAlone(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    WEB.runs(kubectl);
    String cause =
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubernetes.io/change-cause\":\"in"
            + " the template\"}}}}}";
    kubectl.does("patch", "deploy/web", "-p", cause);
    kubectl.until("2"::equals, "get", "deploy/web", "-o", REVISION);
    Workload.rolled(kubectl, "deploy/web");
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .containsPattern("\n1 +<none>\n2 +in the template\n");
    kubectl.does("annotate", "deploy/web", "kubernetes.io/change-cause=on the deployment");
    kubectl.until(row -> row.contains("on the deployment"), "rollout", "history", "deploy/web");
    assertThat(newest(kubectl)).isEqualTo("2");
    assertThat(kubectl.does("rollout", "restart", "deploy/web"))
        .isEqualTo("deployment.apps/web restarted\n");
    kubectl.until("3"::equals, "get", "deploy/web", "-o", REVISION);
    assertThat(kubectl.does("get", "deploy/web", "-o", "jsonpath={.spec.template.metadata}"))
        .contains("kubectl.kubernetes.io/restartedAt");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void staysWithinItsBounds(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Workload half =
        WEB.with("replicas: 4", "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 50%}}");
    assertThat(countsOfRollout(kubectl, half))
        .allMatch(counts -> counts.pods() <= 4 && counts.available() >= 2)
        .anyMatch(counts -> counts.available() < 4 && counts.updated() > 0);
    Workload fifth =
        WEB.with("replicas: 5", "strategy: {rollingUpdate: {maxSurge: 20%, maxUnavailable: 0}}");
    assertThat(countsOfRollout(kubectl, fifth))
        .allMatch(counts -> counts.pods() <= 6 && counts.available() >= 5)
        .anyMatch(counts -> counts.pods() == 6);
    Workload blueAndGreen =
        WEB.with("replicas: 3", "strategy: {rollingUpdate: {maxSurge: 100%, maxUnavailable: 0}}");
    assertThat(countsOfRollout(kubectl, blueAndGreen))
        .allMatch(counts -> counts.pods() <= 6 && counts.available() >= 3)
        .anyMatch(counts -> counts.pods() == 6 && counts.updated() == 3);
    Workload allAtOnce =
        WEB.with("replicas: 3", "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 100%}}");
    assertThat(countsOfRollout(kubectl, allAtOnce))
        .allMatch(counts -> counts.pods() <= 3)
        .anyMatch(counts -> counts.available() == 0);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void endsOldPodsBeforeItStartsNewOnes(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    WEB.with("replicas: 2", "strategy: {type: Recreate}").runs(kubectl);
    String names = kubectl.does("get", "pods", "-o", "jsonpath={.items[*].metadata.name}");
    try (Kubectl.Running watch = kubectl.begins("get", "pods", "-w", "--output-watch-events")) {
      watch.until(lines -> lines.lines().count() == 3);
      sets(kubectl, "kuber.io/kuard:2");
      Workload.rolled(kubectl, "deploy/web");
      List<String> events =
          watch
              .until(lines -> lines.lines().filter(line -> line.startsWith("ADDED")).count() == 4)
              .lines()
              .toList();
      int lastEnd = -1;
      int firstStart = events.size();
      for (int i = 0; i < events.size(); i++) {
        String[] words = events.get(i).split(" +");
        boolean old = names.contains(words[1]);
        lastEnd = words[0].equals("DELETED") && old ? i : lastEnd;
        firstStart = words[0].equals("ADDED") && !old ? Math.min(i, firstStart) : firstStart;
      }
      assertThat(lastEnd).as("%s", events).isPositive().isLessThan(firstStart);
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void goesBackFromTheMiddleOfRollout(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Workload web = WEB.with("replicas: 4");
    web.runs(kubectl);
    Workload stuck = web.ofPods("nodeSelector: {disk: none}");
    kubectl.doesWith(stuck.yaml(), "apply", "-f", "-");
    kubectl.until("5 3 2\n"::equals, "get", "deploy/web", "-o", COUNTS);
    assertThat(kubectl.does("describe", "deploy", "web"))
        .containsPattern("OldReplicaSets: +web-\\w+ \\(3/3 replicas created\\)\n")
        .containsPattern("NewReplicaSet: +web-\\w+ \\(2/2 replicas created\\)\n")
        .containsPattern("4 desired \\| 2 updated \\| 5 total \\| 3 available \\| 2 unavailable")
        .containsPattern("Progressing +True +ReplicaSetUpdated\n");
    kubectl.does("rollout", "undo", "deploy/web");
    Workload.rolled(kubectl, "deploy/web");
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .containsPattern("\n2 +<none>\n3 +<none>\n")
        .doesNotContain("\n1 ");
    kubectl.doesWith(stuck.yaml(), "apply", "-f", "-");
    kubectl.until("5 3 2\n"::equals, "get", "deploy/web", "-o", COUNTS);
    web.runs(kubectl);
    assertThat(newest(kubectl)).isEqualTo("5");
    assertThat(kubectl.does("get", "rs", "-o", "name")).hasLineCount(2);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void goesBackToAnyRevision(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    WEB.runs(kubectl);
    for (String image : new String[] {"kuber.io/kuard:2", "kuber.io/kuard:3"}) {
      sets(kubectl, image);
      Workload.rolled(kubectl, "deploy/web");
    }
    assertThat(
            kubectl
                .does("get", "replicasets", "-o", "wide")
                .lines()
                .filter(row -> row.contains(" 0 ")))
        .hasSize(2)
        .anyMatch(row -> row.contains("kuber.io/kuard:1"))
        .anyMatch(row -> row.contains("kuber.io/kuard:2"));
    assertThat(kubectl.does("rollout", "undo", "deploy/web", "--to-revision=1"))
        .isEqualTo("deployment.apps/web rolled back\n");
    Workload.rolled(kubectl, "deploy/web");
    String image = "jsonpath={.spec.template.spec.containers[0].image}";
    assertThat(kubectl.does("get", "deploy/web", "-o", image)).isEqualTo("kuber.io/kuard:1");
    kubectl.does("rollout", "undo", "deploy/web", "--to-revision=0");
    Workload.rolled(kubectl, "deploy/web");
    assertThat(kubectl.does("get", "deploy/web", "-o", image)).isEqualTo("kuber.io/kuard:3");
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .containsPattern("\n2 +<none>\n4 +<none>\n5 +<none>\n");
    assertThat(kubectl.failsWith("", "rollout", "undo", "deploy/web", "--to-revision=9"))
        .contains("unable to find specified revision 9 in history");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void remembersAsManyRevisionsAsAskedFor(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Workload none = WEB.with("replicas: 0");
    kubectl.doesWith(none.yaml("extensions/v1beta1"), "apply", "-f", "-");
    for (int i = 2; i <= 13; i++) {
      sets(kubectl, "kuber.io/kuard:" + i);
      kubectl.until(Integer.toString(i)::equals, "get", "deploy/web", "-o", REVISION);
    }
    assertThat(kubectl.does("get", "rs", "-o", IMAGES).split(" ")).hasSize(13);
    kubectl.does("patch", "deploy/web", "-p", "{\"spec\":{\"revisionHistoryLimit\":2}}");
    kubectl.until(
        images -> images.split(" ").length == 3 && images.contains(":13 "),
        "get",
        "rs",
        "-o",
        IMAGES);
    assertThat(kubectl.does("rollout", "history", "deploy/web"))
        .containsPattern("\n11 +<none>\n12 +<none>\n13 +<none>\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void goesOnWithoutTheClient(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    Workload web = WEB.with("replicas: 3", "minReadySeconds: 1");
    web.runs(kubectl);
    try (Kubectl.Running watch =
        kubectl.begins("get", "deploy/web", "-w", "-o", COUNTS.replace("updated", "ready"))) {
      sets(kubectl, "kuber.io/kuard:2");
      try (Kubectl.Running status = kubectl.begins("rollout", "status", "deploy/web")) {
        status.until(said -> said.contains("Waiting for deployment \"web\" rollout to finish"));
      }
      kubectl.until("3 3 3\n"::equals, "get", "deploy/web", "-o", COUNTS);
      assertThat(Counts.of(watch.until(lines -> lines.endsWith("\n3 3 3\n") && isLong(lines))))
          .as("ready, but not yet available")
          .anyMatch(counts -> counts.updated() > counts.available());
    }
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void savesTheConfigurationOfWhatIsReplaced(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String applied =
        "jsonpath={.metadata.annotations.kubectl\\.kubernetes\\.io/last-applied-configuration}";
    kubectl.doesWith(WEB.yaml(), "create", "-f", "-");
    assertThat(kubectl.does("get", "deploy/web", "-o", applied)).isEmpty();
    // kubectl reads what it replaces: nobody may write between that and the replacement.
    String progress = "jsonpath={.status.conditions[?(@.type==\"Progressing\")].reason}";
    kubectl.until("NewReplicaSetAvailable"::equals, "get", "deploy/web", "-o", progress);
    kubectl.doesWith(WEB.yaml(), "replace", "-f", "-", "--save-config");
    assertThat(kubectl.does("get", "deploy/web", "-o", applied))
        .contains("\"kind\":\"Deployment\"");
    String other = WEB.yaml().replace("name: web}", "name: other}");
    kubectl.doesWith(other, "create", "-f", "-");
    assertThat(kubectl.tryWith(other, "apply", "-f", "-").err())
        .contains(
            kubectl.wording("Warning: ", "is missing the kubectl.kubernetes.io/last-applied"));
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void becomesDaemonSet(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    WEB.with("replicas: 2").runs(kubectl);
    Workload.of("DaemonSet", "web").runs(kubectl);
    assertThat(kubectl.does("get", "deploy,ds", "-o", "name"))
        .isEqualTo("deployment.apps/web\ndaemonset.apps/web\n");
    kubectl.does("delete", "deploy", "web");
    kubectl.until(pods -> pods.lines().count() == 3, "get", "pods", "-o", "name");
    assertThat(kubectl.does("get", "ds/web")).containsPattern("web +3 +3 +3 +3 +3 ");
  }
}
