package io.kuber.controller.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.Action;
import io.kuber.reconcile.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CronJobPlannerTest {
  private static final String MADE = "2026-01-01T00:00:00Z";

  private static KubeObject yaml(String text) {
    return KubeObject.of(Yaml.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static KubeObject cron(String spec, String status) {
    return yaml("""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: c, namespace: default, uid: u, creationTimestamp: '%s'}
        spec:
          schedule: '*/10 * * * *'
          successfulJobsHistoryLimit: 1
          failedJobsHistoryLimit: 0
          jobTemplate:
            metadata: {labels: {a: b}, annotations: {c: d}}
            spec: {template: {spec: {restartPolicy: Never}}}
        status: %s
        """
            .formatted(MADE, status))
        .withChild("spec", tree -> with(tree, yaml(spec).tree()));
  }

  private static Tree with(Tree tree, Tree more) {
    Tree result = tree;
    for (int i = 0; i < more.size(); i++) {
      result = result.with(more.nameAt(i), more.valueAt(i));
    }
    return result;
  }

  /** A job that the controller made for that time, and how it ended. */
  private static KubeObject job(String start, String end) {
    Instant time = Instant.parse(start);
    KubeObject job =
        yaml(
            """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: c-%d
              namespace: default
              uid: uid-%1$d
              annotations: {batch.kubernetes.io/cronjob-scheduled-timestamp: '%s'}
            status: {startTime: '%2$s'}
            """
                .formatted(time.getEpochSecond() / 60, start));
    if (end.isEmpty()) {
      return job;
    }
    Tree ended = yaml("{list: [{type: %s, status: 'True'}]}".formatted(end)).tree();
    return job.with(ended.items("list"), "status", "conditions")
        .with(time.plusSeconds(60).toString(), "status", "completionTime");
  }

  private static Plan plan(KubeObject cron, String now, KubeObject... jobs) {
    List<KubeObject> all = List.of(jobs);
    return CronJobPlanner.plan(
        cron,
        all,
        name -> all.stream().anyMatch(job -> job.name().equals(name)),
        Instant.parse(now));
  }

  private static Stream<Action> actions(Plan plan) {
    return plan.actions().stream()
        .map(action -> action instanceof Action.Announced told ? told.action() : action);
  }

  private static List<String> created(Plan plan) {
    return actions(plan)
        .filter(Action.Create.class::isInstance)
        .map(action -> ((Action.Create) action).object().name())
        .toList();
  }

  private static List<String> deleted(Plan plan) {
    return actions(plan)
        .filter(Action.Delete.class::isInstance)
        .map(action -> ((Action.Delete) action).name())
        .toList();
  }

  private static List<String> notes(Plan plan) {
    return actions(plan)
        .filter(Action.Emit.class::isInstance)
        .map(action -> ((Action.Emit) action).note().reason())
        .toList();
  }

  private static Tree status(Plan plan) {
    return actions(plan)
        .filter(Action.UpdateSubresource.class::isInstance)
        .map(action -> ((Action.UpdateSubresource) action).object().status())
        .findFirst()
        .orElseThrow();
  }

  private static String name(String time) {
    return "c-" + Instant.parse(time).getEpochSecond() / 60;
  }

  @ParameterizedTest(name = "{0} at {1}: starts that of {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'{}' | 2026-01-01T00:09:59Z | ''                    | ''",
        "'{}' | 2026-01-01T00:10:00Z | 2026-01-01T00:10:00Z | ''",
        "'{}' | 2026-01-01T00:25:00Z | 2026-01-01T00:20:00Z | ''",
        "'{}' | 2026-01-01T16:40:30Z | 2026-01-01T16:40:00Z | ''",
        "'{}' | 2026-01-01T16:50:30Z | 2026-01-01T16:50:00Z | TooManyMissedTimes",
        "'{startingDeadlineSeconds: 60}' | 2026-01-01T00:20:59Z | 2026-01-01T00:20:00Z | ''",
        "'{startingDeadlineSeconds: 60}' | 2026-01-01T00:22:00Z | ''                    | ''",
        "'{startingDeadlineSeconds: 100}' | 2026-01-03T00:00:30Z | 2026-01-03T00:00:00Z | ''",
        "'{suspend: true}'               | 2026-01-01T00:10:00Z | ''                    | ''",
        "'{schedule: 0 9 * * *, timeZone: Asia/Tokyo}' | 2026-01-02T00:00:01Z | 2026-01-02T00:00:00Z | ''",
        "'{schedule: 59 23 31 2 *}'      | 2026-05-01T00:00:00Z | ''                    | ''",
        "'{schedule: nonsense}'          | 2026-05-01T00:00:00Z | ''                    | UnparseableSchedule"
      })
  void startsTheLatestMissedRun(String spec, String now, String start, String note) {
    Plan plan = plan(cron(spec, "{}"), now);
    assertThat(created(plan)).isEqualTo(start.isEmpty() ? List.of() : List.of(name(start)));
    assertThat(notes(plan)).isEqualTo(note.isEmpty() ? List.of() : List.of(note));
  }

  @Test
  void makesJobOfItsTemplate() {
    Plan plan = plan(cron("{timeZone: Europe/Berlin}", "{}"), "2026-01-01T00:10:01Z");
    Action creation =
        actions(plan).filter(Action.Create.class::isInstance).findFirst().orElseThrow();
    KubeObject job = ((Action.Create) creation).object();
    assertThat(job.labels()).containsEntry("a", "b");
    assertThat(job.annotations())
        .containsEntry("c", "d")
        .containsEntry(
            "batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T01:10:00+01:00");
    assertThat(job.controller().orElseThrow().uid()).isEqualTo("u");
    assertThat(job.spec()).isEqualTo(yaml("{template: {spec: {restartPolicy: Never}}}").tree());
  }

  @Test
  void looksAgainAtTheNextTime() {
    assertThat(plan(cron("{}", "{}"), "2026-01-01T00:09:00Z").again())
        .contains(Duration.ofMillis(60_100));
  }

  @Test
  void listsTheJobThatItMade() {
    Plan plan = plan(cron("{}", "{}"), "2026-01-01T00:10:01Z", job("2026-01-01T00:10:00Z", ""));
    assertThat(created(plan)).isEmpty();
    assertThat(status(plan).text("lastScheduleTime")).isEqualTo("2026-01-01T00:10:00Z");
    assertThat(status(plan).items("active").tree(0).text("name"))
        .isEqualTo(name("2026-01-01T00:10:00Z"));
  }

  private static String active(KubeObject job) {
    return "{lastScheduleTime: '2026-01-01T00:10:00Z', active: [{name: %s, uid: %s}]}"
        .formatted(job.name(), job.uid());
  }

  @Test
  void noticesThatJobEnded() {
    KubeObject job = job("2026-01-01T00:10:00Z", "Complete");
    Plan plan = plan(cron("{}", active(job)), "2026-01-01T00:12:00Z", job);
    assertThat(notes(plan)).containsExactly("SawCompletedJob");
    assertThat(status(plan).has("active")).isFalse();
    assertThat(status(plan).text("lastSuccessfulTime")).isEqualTo("2026-01-01T00:11:00Z");
  }

  @Test
  void noticesThatJobIsGone() {
    KubeObject job = job("2026-01-01T00:10:00Z", "");
    Plan plan = plan(cron("{}", active(job)), "2026-01-01T00:12:00Z");
    assertThat(notes(plan)).containsExactly("MissingJob");
    assertThat(created(plan)).isEmpty();
  }

  @Test
  void wondersAboutJobsOfOthers() {
    KubeObject job = job("2026-01-01T00:10:00Z", "").without("metadata", "annotations");
    Plan plan =
        plan(cron("{}", "{lastScheduleTime: '2026-01-01T00:10:00Z'}"), "2026-01-01T00:12:00Z", job);
    assertThat(notes(plan)).containsExactly("UnexpectedJob");
  }

  @ParameterizedTest(name = "{0}: +{1} -{2} {3}")
  @CsvSource({"Allow,1,0,''", "Forbid,0,0,JobAlreadyActive", "Replace,1,1,''"})
  void followsItsConcurrencyPolicy(String policy, int created, int deleted, String note) {
    KubeObject job = job("2026-01-01T00:10:00Z", "");
    Plan plan =
        plan(
            cron("{concurrencyPolicy: %s}".formatted(policy), active(job)),
            "2026-01-01T00:20:00Z",
            job);
    assertThat(created(plan)).hasSize(created);
    assertThat(deleted(plan)).hasSize(deleted);
    assertThat(notes(plan)).isEqualTo(note.isEmpty() ? List.of() : List.of(note));
  }

  @Test
  void keepsAsManyEndedJobsAsItsLimitsSay() {
    Plan plan =
        plan(
            cron("{}", "{lastScheduleTime: '2026-01-01T00:30:00Z'}"),
            "2026-01-01T00:35:00Z",
            job("2026-01-01T00:20:00Z", "Complete"),
            job("2026-01-01T00:10:00Z", "Complete"),
            job("2026-01-01T00:30:00Z", "Failed"));
    assertThat(deleted(plan))
        .containsExactly(name("2026-01-01T00:10:00Z"), name("2026-01-01T00:30:00Z"));
  }
}
