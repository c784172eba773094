package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.testkit.cluster.SimulatedHalf;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The books' jobs, cron jobs, autoscalers and quotas, typed into kubectl. */
final class KubectlBatchTest {
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: %s, labels: {chapter: jobs}}
      spec:
        %s
        template:
          metadata:
            labels: {chapter: jobs}
            annotations: {kuber.io/complete-after: 200ms, kuber.io/exit-code: "%d"}
          spec:
            restartPolicy: Never
            containers:
            - {name: kuard, image: kuber.io/kuard:1, args: [--keygen-enable]}
      """;

  private static final String CRON =
      """
      apiVersion: batch/v1beta1
      kind: CronJob
      metadata: {name: example-cron}
      spec:
        schedule: "@every 2s"
        jobTemplate:
          spec:
            template:
              metadata: {annotations: {kuber.io/complete-after: 200ms}}
              spec:
                restartPolicy: OnFailure
                containers: [{name: batch-job, image: my-batch-image}]
      """;

  private static final String SET =
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: kuard}
      spec:
        replicas: %d
        selector: {matchLabels: {app: kuard}}
        template:
          metadata: {labels: {app: kuard}}
          spec: {containers: [{name: kuard, image: kuber.io/kuard:1}]}
      """;

  @TempDir private static Path directory;

  @RegisterExtension
  static final KubectlCluster CLUSTER =
      new KubectlCluster(() -> directory, "unused", new SimulatedHalf(2));

  private static String job(String name, String spec, int exitCode) {
    return JOB.formatted(name, spec, exitCode);
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsJobOnce(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(job("oneshot", "backoffLimit: 4", 0), "apply", "-f", "-");
    kubectl.awaits("Complete", "job/oneshot");
    assertThat(kubectl.does("get", "jobs")).containsPattern("oneshot +Complete +1/1 ");
    assertThat(kubectl.does("get", "pods", "-l", "job-name=oneshot", "--no-headers"))
        .containsPattern("^oneshot-[a-z0-9]{5} +0/1 +Completed +0 ")
        .hasLineCount(1);
    assertThat(kubectl.does("describe", "jobs", "oneshot"))
        .containsPattern("Selector: +batch.kubernetes.io/controller-uid=")
        .containsPattern("Parallelism: +1\n")
        .containsPattern("Completions: +1\n")
        .containsPattern("Start Time: +\\S+")
        .containsPattern("Duration: +\\d+s")
        .containsPattern(
            "Pods Statuses: +"
                + kubectl.wording("0 Running", "0 Active \\(0 Ready\\)")
                + " / 1 Succeeded / 0 Failed\n")
        .containsPattern("Normal +SuccessfulCreate .*job-controller +Created pod: oneshot-")
        .containsPattern("Normal +Completed .*Job completed");
    String changed = job("oneshot", "backoffLimit: 4", 0).replace("kuard:1", "kuard:2");
    assertThat(kubectl.failsWith(changed, "apply", "-f", "-"))
        .contains("spec.template: Invalid value", "field is immutable");
    kubectl.does("delete", "job", "oneshot");
    kubectl.until(String::isEmpty, "get", "pods", "-o", "name");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void runsJobsInParallelByIndexAndByQueue(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    String all =
        String.join(
            "---\n",
            job("parallel", "parallelism: 5\n  completions: 10", 0),
            job("indexed", "parallelism: 2\n  completions: 3\n  completionMode: Indexed", 0),
            job("consumers", "parallelism: 5", 0));
    kubectl.doesWith(all, "apply", "-f", "-");
    kubectl.does("wait", "--for=condition=Complete", "--timeout=60s", "job", "--all");
    assertThat(kubectl.does("get", "jobs", "-l", "chapter=jobs"))
        .containsPattern("parallel +Complete +10/10 ")
        .containsPattern("indexed +Complete +3/3 ")
        .containsPattern("consumers +Complete +5/1 of 5 ");
    assertThat(kubectl.does("get", "job", "indexed", "-o", "jsonpath={.status.completedIndexes}"))
        .isEqualTo("0-2");
    assertThat(kubectl.does("describe", "job", "indexed"))
        .containsPattern(kubectl.wording("Completions: +3\n", "Completion Mode: +Indexed\n"))
        .containsPattern(kubectl.wording("3 Succeeded", "Completed Indexes: +0-2\n"));
    assertThat(kubectl.does("get", "pods", "-l", "job-name=parallel", "-o", "name"))
        .hasLineCount(10);
    kubectl.does("delete", "rs,svc,job", "-l", "chapter=jobs");
    assertThat(kubectl.does("get", "rs,svc,job", "-l", "chapter=jobs")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void failsJobWhosePodsFail(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(job("broken", "backoffLimit: 0", 1), "apply", "-f", "-");
    kubectl.awaits("Failed", "job/broken");
    assertThat(kubectl.does("get", "pods", "--no-headers"))
        .containsPattern("broken-\\w+ +0/1 +Error ");
    assertThat(kubectl.does("describe", "job", "broken"))
        .containsPattern(
            "Pods Statuses: +"
                + kubectl.wording("0 Running", "0 Active \\(0 Ready\\)")
                + " / 0 Succeeded / 1 Failed\n")
        .containsPattern(
            "Warning +BackoffLimitExceeded .*Job has reached the specified backoff limit");
    String always = job("always", "backoffLimit: 0", 0).replace("Never", "Always");
    assertThat(kubectl.failsWith(always, "apply", "-f", "-"))
        .contains("restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void suspendsAndResumesJob(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(job("later", "suspend: true", 0), "apply", "-f", "-");
    kubectl.awaits("Suspended", "job/later");
    assertThat(kubectl.does("get", "pods", "-o", "name")).isEmpty();
    kubectl.does("patch", "job", "later", "--type=merge", "-p", "{\"spec\":{\"suspend\":false}}");
    kubectl.awaits("Complete", "job/later");
    assertThat(kubectl.does("describe", "job", "later"))
        .containsSubsequence("Suspended", "Job suspended", "Resumed", "Job resumed");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void startsJobsByTheClock(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(CRON, "apply", "-f", "-");
    String first =
        kubectl
            .until(names -> !names.isEmpty(), "get", "jobs", "-o", "name")
            .lines()
            .findFirst()
            .orElseThrow();
    assertThat(first).matches("job.batch/example-cron-\\d{8}");
    kubectl.awaits("Complete", first);
    kubectl.until(
        last -> last.matches("\\d{4}-.*Z"),
        "get",
        "cronjob",
        "example-cron",
        "-o",
        "jsonpath={.status.lastSuccessfulTime}");
    assertThat(kubectl.does("get", "cronjobs", "--no-headers"))
        .containsPattern("example-cron +@every 2s +<none> +False +\\d +\\d+s ");
    assertThat(kubectl.does("describe", "cronjob", "example-cron"))
        .containsPattern("Concurrency Policy: +Allow")
        .containsPattern("Successful Job History Limit: +3")
        .containsPattern("Failed Job History Limit: +1")
        .containsPattern(
            "Normal +SuccessfulCreate .*cronjob-controller +Created job example-cron-\\d+")
        .containsPattern("Normal +SawCompletedJob ");
    kubectl.does("delete", "cronjob", "example-cron");
    kubectl.until(String::isEmpty, "get", "jobs,pods", "-o", "name");
  }

  /** Older programs do not know {@code batch/v1} CronJobs, which is what they are given. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource(KubectlCluster.NEWER_PROGRAMS)
  void startsJobOfCronJobByHand(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(CRON.replace("@every 2s", "@yearly"), "apply", "-f", "-");
    assertThat(kubectl.does("create", "job", "by-hand", "--from=cronjob/example-cron"))
        .isEqualTo("job.batch/by-hand created\n");
    kubectl.awaits("Complete", "job/by-hand");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void autoscalesReplicaSet(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(SET.formatted(1), "apply", "-f", "-");
    kubectl.does("autoscale", "rs", "kuard", "--min=2", "--max=5", "--cpu-percent=80");
    kubectl.until(
        replicas -> replicas.equals("2"),
        "get",
        "rs",
        "kuard",
        "-o",
        "jsonpath={.status.readyReplicas}");
    assertThat(kubectl.does("get", "hpa", "--no-headers"))
        .containsPattern("kuard +ReplicaSet/kuard +cpu: <unknown>/80% +2 +5 ");
    kubectl.does("scale", "rs", "kuard", "--replicas=9");
    assertThat(kubectl.does("describe", "hpa", "kuard"))
        .containsPattern("Min replicas: +2")
        .containsPattern("Max replicas: +5")
        .containsPattern("AbleToScale +True +SucceededRescale")
        .containsPattern(
            "Normal +SuccessfulRescale .*horizontal-pod-autoscaler +New size: 2; reason: Current"
                + " number of replicas below Spec.MinReplicas");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void keepsNamespaceToItsQuota(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.does("create", "quota", "few", "--hard=pods=2,count/configmaps=5");
    kubectl.doesWith(SET.formatted(3), "apply", "-f", "-");
    kubectl.until(used -> used.contains("pods: 2/2"), "get", "quota", "few", "--no-headers");
    assertThat(kubectl.does("describe", "quota", "few"))
        .containsPattern("pods +2 +2\n")
        .containsPattern("count/configmaps +\\d +5\n");
    assertThat(kubectl.failsWith("", "run", "third", "--image=kuber.io/kuard:1"))
        .contains(
            "Error from server (Forbidden): pods \"third\" is forbidden: exceeded quota: few,"
                + " requested: pods=1, used: pods=2, limited: pods=2");
    assertThat(
            kubectl.until(events -> events.contains("exceeded quota"), "describe", "rs", "kuard"))
        .containsPattern("Warning +FailedCreate .*Error creating: pods \"kuard-\\w+\" is forbidden")
        .containsPattern("Replicas: +2 current / 3 desired");
  }

  @ParameterizedTest
  @MethodSource(KubectlCluster.PROGRAMS)
  void givesPodsTheLimitsOfTheirNamespace(Path program) throws Exception {
    Kubectl kubectl = CLUSTER.in(program);
    kubectl.doesWith(
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: usual}
        spec:
          limits:
          - {type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}, max: {cpu: "1"}}
        """,
        "apply",
        "-f",
        "-");
    assertThat(kubectl.does("describe", "limits", "usual"))
        .containsPattern("Container +cpu +- +1 +100m +500m +-");
    kubectl.does("run", "modest", "--image=kuber.io/kuard:1");
    assertThat(kubectl.does("describe", "pod", "modest"))
        .containsSubsequence("Limits:", "cpu:  500m", "Requests:", "cpu:        100m")
        .contains("LimitRanger plugin set: cpu request for container modest");
    String greedy =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: greedy}
        spec: {containers: [{name: c, image: i, resources: {limits: {cpu: "2"}}}]}
        """;
    assertThat(kubectl.failsWith(greedy, "apply", "-f", "-"))
        .contains("maximum cpu usage per Container is 1, but limit is 2");
  }
}
