package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import io.kuber.testkit.node.Behaviour;
import io.kuber.testkit.node.NodeSettings;
import io.kuber.testkit.node.stage.Match;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs and cron jobs that do not go well, typed into kubectl. */
@Execution(ExecutionMode.CONCURRENT)
final class KubectlJobsTest {
  private static final String JOB =
      """
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: {name: %s}
      spec:
        %s
        template:
          metadata: {annotations: {kuber.io/complete-after: %s, kuber.io/exit-code: "%d"}}
          spec: {restartPolicy: %s, containers: [{name: c, image: kuber.io/kuard:1}]}
      """;

  private static final String CRON =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: often}
      spec:
        schedule: "@every 1s"
        %s
        jobTemplate:
          spec:
            template:
              metadata: {annotations: {kuber.io/complete-after: %s}}
              spec: {restartPolicy: Never, containers: [{name: c, image: kuber.io/kuard:1}]}
      """;

  private static final String UIDS = "jsonpath={.items[*].metadata.uid}";

  /** Containers of pods with this label end with an error, soon and every time. */
  private static final Stage ENDS_BADLY =
      Stage.of("ends badly", PodState.READY, PodState.CRASHED)
          .matching(Match.label("ends", "badly"))
          .after(Duration.ofMillis(200))
          .exiting(1);

  private static final SimulatedHalf NODES =
      new SimulatedHalf(
          List.of(NodeSettings.of(2).with(Behaviour.PLAIN.with(List.of(ENDS_BADLY)))));

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER = new KubectlCluster(() -> directory, "unused", NODES);

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void restartsInPlaceOrMakesNewPods(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String jobs =
        JOB.formatted("in-place", "backoffLimit: 5", "1h", 1, "OnFailure")
                .replace("{annotations:", "{labels: {ends: badly}, annotations:")
            + JOB.formatted("anew", "backoffLimit: 1", "100ms", 1, "Never");
    kubectl.doesWith(jobs, "apply", "-f", "-");
    kubectl.until(
        pods -> pods.matches("in-place-\\w+ +0/1 +CrashLoopBackOff +[1-9](?s:.*)"),
        "get",
        "pods",
        "-l",
        "job-name=in-place",
        "--no-headers");
    assertThat(kubectl.does("get", "pods", "-l", "job-name=in-place", "-o", "name"))
        .hasLineCount(1);
    kubectl.awaits("Failed", "job/anew");
    assertThat(kubectl.does("get", "pods", "-l", "job-name=anew", "--no-headers").lines())
        .hasSize(2)
        .allMatch(row -> row.matches("anew-\\w+ +0/1 +Error +0 .*"));
    assertThat(kubectl.does("get", "job", "anew", "-o", "jsonpath={.status.failed}"))
        .isEqualTo("2");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void replacesPodThatIsDeleted(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        JOB.formatted("long", "backoffLimit: 5", "1h", 0, "Never"), "apply", "-f", "-");
    String uid = kubectl.until(uids -> !uids.isEmpty(), "get", "pods", "-o", UIDS);
    kubectl.does("delete", "pods", "-l", "job-name=long");
    kubectl.until(uids -> !uids.isEmpty() && !uids.contains(uid), "get", "pods", "-o", UIDS);
    kubectl.does("delete", "job", "long", "--cascade=orphan");
    assertThat(kubectl.does("get", "pods", "-o", "name")).hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void waitsWhereThereIsNoRoom(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String large =
        JOB.formatted("large", "backoffLimit: 5", "100ms", 0, "Never")
            .replace("kuard:1}", "kuard:1, resources: {requests: {cpu: 64}}}");
    kubectl.doesWith(large, "apply", "-f", "-");
    kubectl.until(
        pod -> pod.contains("0/2 nodes are available: 2 Insufficient cpu."), "describe", "pods");
    assertThat(kubectl.does("get", "pods", "--no-headers")).contains(" Pending ");
    assertThat(kubectl.does("get", "job", "large", "-o", "jsonpath={.status.active}"))
        .isEqualTo("1");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void takesTheSelectorThatPeopleChose(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String chosen =
        JOB.formatted(
                "mine",
                "manualSelector: true\n  selector: {matchLabels: {task: mine}}",
                "100ms",
                0,
                "Never")
            .replace("{annotations:", "{labels: {task: mine}, annotations:");
    kubectl.doesWith(chosen, "apply", "-f", "-");
    kubectl.awaits("Complete", "job/mine");
    assertThat(kubectl.does("get", "pods", "-l", "task=mine", "-o", "name")).hasLineCount(1);
    assertThat(kubectl.does("describe", "job", "mine")).containsPattern("Selector: +task=mine\n");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void goesAwayByItselfAfterItsTime(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        JOB.formatted("brief", "ttlSecondsAfterFinished: 1", "100ms", 0, "Never"),
        "apply",
        "-f",
        "-");
    kubectl.until(events -> events.contains("Job completed"), "get", "events");
    kubectl.until(String::isEmpty, "get", "jobs,pods", "-o", "name");
    kubectl.doesWith(
        JOB.formatted("late", "activeDeadlineSeconds: 1", "1h", 0, "Never"), "apply", "-f", "-");
    kubectl.awaits("Failed", "job/late");
    assertThat(kubectl.does("describe", "job", "late"))
        .containsPattern(
            "Warning +DeadlineExceeded .*job-controller +Job was active longer than specified"
                + " deadline");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsNoJobBesideOneThatRuns(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String forbid = CRON.formatted("concurrencyPolicy: Forbid", "1h").replace("/v1", "/v1beta1");
    kubectl.doesWith(forbid, "apply", "-f", "-");
    kubectl.until(events -> events.contains("JobAlreadyActive"), "describe", "cronjob", "often");
    String only = kubectl.does("get", "jobs", "-o", "name");
    assertThat(only).hasLineCount(1);
    kubectl.doesWith(forbid.replace("Forbid", "Replace"), "apply", "-f", "-");
    kubectl.until(jobs -> !jobs.isEmpty() && !jobs.contains(only), "get", "jobs", "-o", "name");
    kubectl.does("patch", "cronjob", "often", "-p", "{\"spec\":{\"suspend\":true}}");
    assertThat(kubectl.does("get", "cronjobs", "--no-headers"))
        .containsPattern("often +@every 1s +<none> +True ");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsAsManyFinishedJobsAsAskedFor(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String cron =
        CRON.formatted("successfulJobsHistoryLimit: 1", "100ms").replace("/v1", "/v1beta1");
    kubectl.doesWith(cron, "apply", "-f", "-");
    kubectl.until(
        events -> events.contains("SuccessfulDelete") && events.contains("Deleted job often-"),
        "describe",
        "cronjob",
        "often");
    kubectl.does("patch", "cronjob", "often", "-p", "{\"spec\":{\"suspend\":true}}");
    kubectl.until(
        jobs -> jobs.lines().count() == 1 && jobs.contains("1/1"), "get", "jobs", "--no-headers");
  }
}
