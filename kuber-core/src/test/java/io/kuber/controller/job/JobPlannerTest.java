package io.kuber.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.json.Json;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JobPlannerTest {
  private static final String INDEXED =
      "{completionMode: Indexed, completions: 4, parallelism: 4%s}";

  private static final String PER_INDEX = INDEXED.formatted(", backoffLimitPerIndex: 1%s");

  private static final String STARTED = "startTime: '2026-01-01T00:59:00Z'";

  @ParameterizedTest(name = "{0} with {1} succeeded, {2} failed, {3} running: +{4} -{5}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'{completions: 1, parallelism: 1}'   | 0 | 0 | 0 | 1   | 0",
        "'{completions: 5, parallelism: 2}'   | 0 | 0 | 0 | 2   | 0",
        "'{completions: 5, parallelism: 2}'   | 4 | 0 | 0 | 1   | 0",
        "'{completions: 5, parallelism: 2}'   | 1 | 1 | 1 | 1   | 0",
        "'{completions: 5, parallelism: 2}'   | 4 | 0 | 2 | 0   | 1",
        "'{completions: 5, parallelism: 0}'   | 0 | 0 | 2 | 0   | 2",
        "'{parallelism: 3}'                   | 0 | 0 | 0 | 3   | 0",
        "'{parallelism: 3}'                   | 1 | 0 | 1 | 0   | 0",
        "'{parallelism: 3}'                   | 0 | 0 | 5 | 0   | 2",
        "'{parallelism: 900}'                 | 0 | 0 | 0 | 500 | 0",
        "'{completions: 5, parallelism: 2, suspend: true}' | 1 | 0 | 2 | 0 | 2"
      })
  void keepsAsManyPodsAsThereIsWorkFor(
      String spec, int succeeded, int failed, int running, int created, int deleted) {
    Scene scene =
        Scene.of(spec).with(succeeded, "succeeded").with(failed, "failed").with(running, "running");
    assertThat(scene.created()).hasSize(created);
    assertThat(scene.deleted()).hasSize(deleted);
    assertThat(scene.status().number(0, "active")).isEqualTo(running + created - deleted);
  }

  @Test
  void namesEndedPodsBeforeItReleasesThem() {
    Scene scene =
        Scene.of("{completions: 3, parallelism: 2}").with(1, "succeeded").with(1, "failed");
    assertThat(scene.status().tree("uncountedTerminatedPods"))
        .isEqualTo(Scene.yaml("{succeeded: [p0], failed: [p1]}"));
    assertThat(scene.status().has("succeeded")).isFalse();
    assertThat(scene.released()).containsExactly("p0", "p1");
    List<List<Action>> steps = scene.plan().steps();
    assertThat(steps.get(steps.size() - 2).get(0)).isInstanceOf(Action.UpdateSubresource.class);
    assertThat(steps.get(steps.size() - 1).get(0)).isInstanceOf(Action.Patch.class);
  }

  @Test
  void countsReleasedPodsOnceEvenWhenTheyAreGone() {
    Scene scene =
        Scene.of(
                "{completions: 9, parallelism: 1}",
                "{%s, succeeded: 2, uncountedTerminatedPods: {succeeded: [p0, gone], failed: [p1]}}"
                    .formatted(STARTED))
            .withCounted("succeeded")
            .with(1, "failed");
    assertThat(scene.status().number(0, "succeeded")).isEqualTo(4);
    assertThat(scene.status().number(0, "failed")).isZero();
    assertThat(scene.status().tree("uncountedTerminatedPods"))
        .isEqualTo(Scene.yaml("{failed: [p1]}"));
  }

  @Test
  void announcesTheEndBeforeItIsFinal() {
    Scene first = Scene.of("{completions: 1, parallelism: 1}").with(1, "succeeded");
    assertThat(first.condition("SuccessCriteriaMet"))
        .isEqualTo("SuccessCriteriaMet=True/CompletionsReached");
    assertThat(first.condition("Complete")).isEmpty();
    Scene second = next(first, "{completions: 1, parallelism: 1}").withCounted("succeeded");
    assertThat(second.condition("Complete")).isEqualTo("Complete=True/CompletionsReached");
    assertThat(second.status().text("completionTime")).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(second.status().number(0, "succeeded")).isEqualTo(1);
    assertThat(second.notes()).containsExactly("Completed");
    assertThat(next(second, "{}").plan().actions()).isEmpty();
  }

  private static Scene next(Scene scene, String spec) {
    return Scene.of(spec, new String(Json.print(scene.status()), StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'{completions: 9, parallelism: 1, backoffLimit: 1}'          | 2 | BackoffLimitExceeded",
        "'{completions: 9, parallelism: 1, backoffLimit: 2}'          | 2 | ''",
        "'{completions: 9, parallelism: 1, backoffLimit: 0}'          | 1 | BackoffLimitExceeded",
        "'{completions: 9, parallelism: 1, activeDeadlineSeconds: 60}' | 0 | DeadlineExceeded",
        "'{completions: 9, parallelism: 1, activeDeadlineSeconds: 61}' | 0 | ''",
        "'{completions: 9, parallelism: 1, activeDeadlineSeconds: 60, suspend: true}' | 0 | ''"
      })
  void failsAtItsLimits(String spec, int failed, String reason) {
    Scene scene = Scene.of(spec).with(failed, "failed").with(1, "ready");
    String condition = reason.isEmpty() ? "" : "FailureTarget=True/" + reason;
    assertThat(scene.condition("FailureTarget")).isEqualTo(condition);
    if (!reason.isEmpty()) {
      assertThat(scene.deleted()).containsExactly("p" + failed);
      assertThat(scene.status().number(0, "active")).isZero();
      assertThat(scene.status().number(0, "ready")).isZero();
      assertThat(scene.status().number(0, "terminating")).isEqualTo(1);
      assertThat(scene.released()).hasSize(failed + 1);
    }
  }

  @Test
  void isFailedOnlyWhenItsLastPodHasEnded() {
    String status =
        "{%s, failed: 2, conditions: [{type: FailureTarget, status: 'True', reason: R, message: m}]}"
            .formatted(STARTED);
    assertThat(Scene.of("{parallelism: 1}", status).with(1, "going").condition("Failed")).isEmpty();
    Scene over = Scene.of("{parallelism: 1}", status).withCounted("failed");
    assertThat(over.condition("Failed")).isEqualTo("Failed=True/R");
    assertThat(over.message("Failed")).isEqualTo("m");
    assertThat(over.notes()).containsExactly("R");
  }

  @ParameterizedTest(name = "restarts {0} of limit {1}: {2}")
  @CsvSource({"2,3,''", "3,3,BackoffLimitExceeded", "1,0,BackoffLimitExceeded", "0,0,''"})
  void countsRestartsOfPodsThatTryAgainThemselves(int restarts, int limit, String reason) {
    Tree containers = Scene.yaml("{list: [{name: c, restartCount: %d}]}".formatted(restarts));
    KubeObject pod =
        Scene.pod("p", "running", -1, true)
            .with(containers.items("list"), "status", "containerStatuses");
    Scene scene =
        Scene.of(
                "{completions: 1, parallelism: 1, backoffLimit: %d, template: {spec: {restartPolicy: OnFailure}}}"
                    .formatted(limit))
            .with(pod);
    assertThat(scene.condition("FailureTarget"))
        .isEqualTo(reason.isEmpty() ? "" : "FailureTarget=True/" + reason);
  }

  @ParameterizedTest(name = "{0} failures, the last {1} s ago: wait {2} s")
  @CsvSource({"1,3,7", "1,11,0", "2,5,15", "3,0,40", "5,100,60", "6,20,300", "7,0,600", "60,1,599"})
  void waitsLongerAfterEachFailure(int failures, int secondsAgo, long wait) {
    Scene scene = Scene.of("{completions: 9, parallelism: 1, backoffLimit: 100}");
    String time = Scene.NOW.minusSeconds(secondsAgo).toString();
    for (int i = 0; i < failures; i++) {
      scene.with(endedAt(Scene.pod("f" + i, "failed", -1, false), time));
    }
    scene.with(endedAt(Scene.pod("ok", "succeeded", -1, false), "2026-01-01T00:10:00Z"));
    assertThat(scene.created()).hasSize(wait == 0 ? 1 : 0);
    assertThat(scene.plan().again())
        .isEqualTo(wait == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(wait)));
  }

  private static KubeObject endedAt(KubeObject pod, String time) {
    Tree ended =
        Scene.yaml("{list: [{name: c, state: {terminated: {finishedAt: '%s'}}}]}".formatted(time));
    return pod.with(ended.items("list"), "status", "containerStatuses");
  }

  @Test
  void forgetsFailuresBeforeTheLastSuccess() {
    Scene scene =
        Scene.of("{completions: 9, parallelism: 1}")
            .with(endedAt(Scene.pod("f", "failed", -1, false), "2026-01-01T00:59:58Z"))
            .with(endedAt(Scene.pod("s", "succeeded", -1, false), "2026-01-01T00:59:59Z"));
    assertThat(scene.created()).hasSize(1);
  }

  @Test
  void givesEachIndexItsPod() {
    Scene scene =
        Scene.of(INDEXED.formatted(""), "{%s, completedIndexes: '1'}".formatted(STARTED))
            .with(1, "running", 0)
            .with(1, "succeeded", 3);
    assertThat(scene.createdIndexes()).containsExactly("2");
    KubeObject pod = scene.created().get(0);
    assertThat(pod.labels()).containsEntry(JobPod.INDEX, "2");
    assertThat(pod.metadata().text("generateName")).isEqualTo("j-2-");
    assertThat(pod.spec().text("hostname")).isEqualTo("j-2");
    assertThat(pod.spec().items("containers").tree(0).items("env").tree(0))
        .isEqualTo(
            Scene.yaml(
                "{name: JOB_COMPLETION_INDEX, valueFrom: {fieldRef: {fieldPath:"
                    + " \"metadata.labels['batch.kubernetes.io/job-completion-index']\"}}}"));
    assertThat(pod.finalizers()).containsExactly(JobPod.FINALIZER);
    assertThat(scene.status().text("completedIndexes")).isEqualTo("1,3");
    assertThat(scene.status().number(0, "succeeded")).isEqualTo(2);
  }

  @Test
  void keepsOnePodPerIndexAndNoneWithoutOne() {
    Scene scene =
        Scene.of(INDEXED.formatted(""))
            .with(1, "running", 0)
            .with(1, "ready", 0)
            .with(1, "running", 7)
            .with(1, "running");
    assertThat(scene.deleted()).containsExactlyInAnyOrder("p0", "p2", "p3");
    assertThat(scene.created()).as("not both at once").isEmpty();
  }

  @Test
  void keepsFailedPodUntilItsReplacementKnowsOfTheFailure() {
    Scene waiting = Scene.of(PER_INDEX.formatted("")).with(1, "failed", 0);
    assertThat(waiting.released()).isEmpty();
    assertThat(waiting.created().get(0).annotations()).containsEntry(JobPod.FAILURES, "1");
    Scene replaced = Scene.of(PER_INDEX.formatted("")).with(1, "failed", 0).with(1, "running", 0);
    assertThat(replaced.released()).containsExactly("p0");
  }

  @Test
  void failsTheIndexThatFailedTooOften() {
    KubeObject pod =
        Scene.pod("p", "failed", 0, true).with("1", "metadata", "annotations", JobPod.FAILURES);
    Scene scene = Scene.of(PER_INDEX.formatted("")).with(pod);
    assertThat(scene.status().text("failedIndexes")).isEqualTo("0");
    assertThat(scene.createdIndexes()).containsExactly("1", "2", "3");
    Scene most = Scene.of(PER_INDEX.formatted(", maxFailedIndexes: 0")).with(pod);
    assertThat(most.condition("FailureTarget"))
        .isEqualTo("FailureTarget=True/MaxFailedIndexesExceeded");
    Scene last =
        Scene.of(PER_INDEX.formatted(""), "{%s, completedIndexes: 1-3}".formatted(STARTED))
            .with(pod);
    assertThat(last.condition("FailureTarget")).isEqualTo("FailureTarget=True/FailedIndexes");
  }

  @ParameterizedTest(name = "{0} of exit code {1} for {2}: counted {3}, {4}")
  @CsvSource({
    "FailJob,42,In,true,PodFailurePolicy",
    "FailJob,43,In,true,''",
    "FailJob,43,NotIn,true,PodFailurePolicy",
    "Ignore,42,In,false,''",
    "Count,42,In,true,''"
  })
  void followsItsFailurePolicy(
      String action, int code, String operator, boolean counted, String reason) {
    Scene scene =
        failedBy(
            code,
            "{action: %s, onExitCodes: {operator: %s, values: [42]}}".formatted(action, operator));
    assertThat(scene.condition("FailureTarget"))
        .isEqualTo(reason.isEmpty() ? "" : "FailureTarget=True/" + reason);
    assertThat(scene.status().items("uncountedTerminatedPods", "failed").size())
        .isEqualTo(counted ? 1 : 0);
    assertThat(scene.released()).containsExactly("p");
  }

  private static Scene failedBy(int code, String rule) {
    Tree ended =
        Scene.yaml("{list: [{name: c, state: {terminated: {exitCode: %d}}}]}".formatted(code));
    KubeObject pod =
        Scene.pod("p", "failed", -1, true).with(ended.items("list"), "status", "containerStatuses");
    return Scene.of(
            "{completions: 2, parallelism: 1, podFailurePolicy: {rules: [%s]}}".formatted(rule))
        .with(pod);
  }

  @Test
  void saysWhichRuleFailedIt() {
    Scene scene = failedBy(42, "{action: FailJob, onExitCodes: {operator: In, values: [42]}}");
    assertThat(scene.message("FailureTarget"))
        .isEqualTo(
            "Container c for pod default/p failed with exit code 42 matching FailJob rule at index 0");
    Scene byCondition =
        failedBy(1, "{action: FailJob, onPodConditions: [{type: Ready, status: 'False'}]}");
    assertThat(byCondition.message("FailureTarget"))
        .isEqualTo("Pod default/p has condition Ready matching FailJob rule at index 0");
  }

  @ParameterizedTest(name = "{0} with 0,1 done: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'{succeededIndexes: 0-1}'                      | true",
        "'{succeededIndexes: 0-2}'                      | false",
        "'{succeededIndexes: 0-2, succeededCount: 2}'   | true",
        "'{succeededCount: 2}'                          | true",
        "'{succeededCount: 3}'                          | false"
      })
  void succeedsEarlyByItsSuccessPolicy(String rule, boolean met) {
    Scene scene =
        Scene.of(
                INDEXED.formatted(", successPolicy: {rules: [%s]}".formatted(rule)),
                "{%s, completedIndexes: '0,1'}".formatted(STARTED))
            .with(1, "running", 2);
    assertThat(scene.condition("SuccessCriteriaMet"))
        .isEqualTo(met ? "SuccessCriteriaMet=True/SuccessPolicy" : "");
    assertThat(scene.deleted()).hasSize(met ? 1 : 0);
    assertThat(scene.status().items("uncountedTerminatedPods", "failed").size())
        .as("who is stopped by a success has not failed")
        .isZero();
  }

  @ParameterizedTest(name = "{0}: {1} created")
  @CsvSource({"TerminatingOrFailed,1", "Failed,0"})
  void replacesPodsAtTheTimeThatItsPolicyNames(String policy, int created) {
    Scene scene =
        Scene.of("{completions: 1, parallelism: 1, podReplacementPolicy: %s}".formatted(policy))
            .with(1, "going");
    assertThat(scene.created()).hasSize(created);
    assertThat(scene.status().items("uncountedTerminatedPods", "failed").size()).isEqualTo(created);
  }

  @Test
  void letsPodsGoUncountedWhileSuspendedAndBeginsAnewAfterwards() {
    Scene suspended = Scene.of("{completions: 1, parallelism: 1, suspend: true}").with(1, "ready");
    assertThat(suspended.condition("Suspended")).isEqualTo("Suspended=True/JobSuspended");
    assertThat(suspended.notes()).containsExactly("Suspended");
    assertThat(suspended.released()).containsExactly("p0");
    assertThat(suspended.status().has("startTime")).isFalse();
    Scene resumed = next(suspended, "{completions: 1, parallelism: 1}");
    assertThat(resumed.condition("Suspended")).isEqualTo("Suspended=False/JobResumed");
    assertThat(resumed.notes()).containsExactly("Resumed");
    assertThat(resumed.status().text("startTime")).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(resumed.created()).hasSize(1);
  }

  @Test
  void looksAgainAtItsDeadline() {
    assertThat(Scene.of("{parallelism: 1, activeDeadlineSeconds: 90}").plan().again())
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void leavesJobsOfOtherControllersAlone() {
    assertThat(Scene.of("{parallelism: 1, managedBy: example.com/other}").plan().actions())
        .isEmpty();
  }

  @Test
  void hasBegunThoughItsPodsAreRefused() {
    Scene scene = Scene.of("{parallelism: 1}", "{}");
    ApiException refused = new ApiException(StatusReason.FORBIDDEN, "exceeded quota");
    Action report = scene.plan().onFailure().apply(refused).get(0);
    Tree status = ((Action.UpdateSubresource) report).object().status();
    assertThat(status.text("startTime")).isEqualTo("2026-01-01T01:00:00Z");
    assertThat(status.has("active")).isFalse();
  }
}
