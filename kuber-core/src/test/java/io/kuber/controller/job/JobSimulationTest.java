package io.kuber.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.client.Client.DeleteOptions;
import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.simulation.Faults;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.Stored;
import io.kuber.view.Condition;
import io.kuber.view.Pods;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs come to their end, and every pod is counted once, whatever goes wrong. */
final class JobSimulationTest {
  private static final Duration TROUBLE = Duration.ofSeconds(30);
  private static final Duration REST = Duration.ofMinutes(40);
  private static final int MOST_PARALLEL = 4;

  private static final List<ResourceType> TYPES =
      BuiltInKinds.catalogue().kinds().stream().map(Kind::type).toList();

  /** Pods end within seconds, one in four badly. */
  private static final Lots WORK =
      (pod, entropy) -> {
        var end = Duration.ofMillis(entropy.below(3000));
        return Lots.CALM.of(pod, entropy).ending(end, entropy.below(4) == 0 ? 1 : 0);
      };

  private static String job(String spec) {
    return """
        metadata: {name: work}
        spec:
          backoffLimit: 1000
          parallelism: 3
          template:
            metadata: {labels: {app: work}}
            spec: {restartPolicy: Never, containers: [{name: c, image: i}]}
        %s
        """
        .formatted(spec.indent(2));
  }

  private static Simulation cluster(long seed) {
    return Simulation.of(seed)
        .running(JobController::new, OrphanedPodController::new)
        .pods(WORK, Lots.ENDING)
        .nodes(3);
  }

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster ->
              cluster
                  .any(cluster.list(Resources.PODS))
                  .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1)),
          cluster -> cluster.merge(Resources.JOBS, "work", "spec: {suspend: true}"),
          cluster -> cluster.merge(Resources.JOBS, "work", "spec: {suspend: false}"),
          cluster ->
              cluster.merge(
                  Resources.JOBS,
                  "work",
                  "spec: {parallelism: %d}".formatted(1 + cluster.below(MOST_PARALLEL))),
          cluster -> {
            if (cluster.runningNodes().size() > 1) {
              cluster
                  .any(cluster.runningNodes())
                  .ifPresent(n -> cluster.vanish(n, Duration.ofSeconds(5)));
            }
          });

  private static KubeObject work(Simulation cluster) {
    return cluster.find(Resources.JOBS, "work").orElseThrow();
  }

  private static void finish(Simulation cluster) {
    cluster.merge(Resources.JOBS, "work", "spec: {suspend: false}");
    cluster.rest(REST);
    assertThat(Ending.isFinal(work(cluster))).as("%s", work(cluster).status()).isTrue();
    assertThat(cluster.list(Resources.PODS))
        .allSatisfy(pod -> assertThat(pod.finalizers()).isEmpty());
    long revision = cluster.revision();
    cluster.rest(REST);
    assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
  }

  /** Which pods have ended in which way, as their nodes saw it. */
  private static final class Ended {
    private final Set<String> succeeded = new HashSet<>();
    private final Set<String> all = new HashSet<>();

    void see(Step step) {
      if (step.isOf(Resources.PODS)) {
        KubeObject pod = step.delta().after().object();
        all.add(pod.uid());
        if (Pods.phase(pod).equals("Succeeded")) {
          succeeded.add(pod.uid());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"completions: 6", "completionMode: NonIndexed"})
  void countsEveryPodOnce(String spec) {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          Ended ended = new Ended();
          cluster.always("no pod counts twice", step -> counted(ended, step));
          cluster.create(Resources.JOBS, job(spec));
          cluster.during(TROUBLE, 6, DEEDS);
          finish(cluster);
          Tree status = work(cluster).status();
          assertThat(Condition.find(status, "Complete")).isPresent();
          assertThat(status.number(0, "succeeded"))
              .isBetween(spec.startsWith("completions") ? 6L : 1L, (long) ended.succeeded.size());
        });
  }

  private static void counted(Ended ended, Step step) {
    ended.see(step);
    if (step.isOf(Resources.JOBS)) {
      Tree status = step.delta().after().object().status();
      Tree uncounted = status.tree("uncountedTerminatedPods");
      long succeeded = status.number(0, "succeeded") + uncounted.items("succeeded").size();
      long failed = status.number(0, "failed") + uncounted.items("failed").size();
      assertThat(succeeded).isLessThanOrEqualTo(ended.succeeded.size());
      assertThat(succeeded + failed).isLessThanOrEqualTo(ended.all.size());
    }
  }

  @Test
  void countsEveryIndexOnce() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("as many indexes as successes", JobSimulationTest::indexes);
          cluster.create(Resources.JOBS, job("completions: 6\ncompletionMode: Indexed"));
          cluster.during(TROUBLE, 6, DEEDS);
          finish(cluster);
          Tree status = work(cluster).status();
          assertThat(status.text("completedIndexes")).isEqualTo("0-5");
          assertThat(status.number(0, "succeeded")).isEqualTo(6);
          assertThat(Condition.find(status, "Complete")).isPresent();
        });
  }

  private static void indexes(Step step) {
    if (step.isOf(Resources.JOBS)) {
      Tree status = step.delta().after().object().status();
      assertThat(IndexSet.parse(status.text("completedIndexes"), 6).size())
          .isEqualTo(status.number(0, "succeeded"));
      Stored before = step.delta().before();
      if (before != null) {
        String were = before.object().status().text("completedIndexes");
        IndexSet lost = IndexSet.parse(were, 6);
        assertThat(lost.and(IndexSet.parse(status.text("completedIndexes"), 6))).isEqualTo(lost);
      }
    }
  }

  @Test
  void givesEachIndexItsOwnLimit() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.create(
              Resources.JOBS,
              job("completions: 6\ncompletionMode: Indexed\nbackoffLimitPerIndex: 1"));
          cluster.during(TROUBLE, 4, DEEDS);
          finish(cluster);
          Tree status = work(cluster).status();
          IndexSet done = IndexSet.parse(status.text("completedIndexes"), 6);
          IndexSet lost = IndexSet.parse(status.text("failedIndexes"), 6);
          assertThat(done.or(lost)).hasToString("0-5");
          boolean complete = Condition.find(status, "Complete").isPresent();
          assertThat(complete ? done : lost).isNotEqualTo(IndexSet.EMPTY);
          assertThat(!complete || done.size() == 6).isTrue();
        });
  }

  @Test
  void neverRunsMorePodsThanItMay() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("no pod too many", JobSimulationTest::parallel);
          cluster.always("over is over", JobSimulationTest::over);
          cluster.create(Resources.JOBS, job("completions: 6\ncompletionMode: Indexed"));
          cluster.during(TROUBLE, 6, DEEDS);
          finish(cluster);
        });
  }

  private static void parallel(Step step) {
    if (step.byController() && step.isOf(Resources.PODS) && step.delta().before() == null) {
      List<KubeObject> active = step.all(Resources.PODS).stream().filter(Pods::isActive).toList();
      assertThat(active).hasSizeLessThanOrEqualTo(MOST_PARALLEL);
      String index = step.delta().after().object().annotations().get(JobPod.INDEX);
      KubeObject job = step.all(Resources.JOBS).get(0);
      IndexSet done = IndexSet.parse(job.status().text("completedIndexes"), 6);
      assertThat(done.has(Long.parseLong(index))).as("index %s of %s", index, done).isFalse();
    }
  }

  private static void over(Step step) {
    if (step.isOf(Resources.JOBS) && Ending.isFinal(step.delta().after().object())) {
      assertThat(step.all(Resources.PODS)).allMatch(Pods::isFinished);
    }
  }

  @Test
  void leavesNothingBehindWhenItIsDeletedInTheForeground() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed).running(() -> new GarbageController(() -> TYPES));
          cluster.create(Resources.JOBS, job("completions: 6"));
          cluster.during(Duration.ofSeconds(5), 2, List.of(JobSimulationTest::deleteInForeground));
          deleteInForeground(cluster);
          cluster.rest(Duration.ofMinutes(3));
          assertThat(cluster.list(Resources.JOBS)).isEmpty();
          assertThat(cluster.list(Resources.PODS)).isEmpty();
        });
  }

  @Test
  void goesAfterItsPodsWhenItIsDeletedInTheForeground() {
    Seeds.each(
        seed -> {
          Simulation cluster =
              cluster(seed)
                  .running(() -> new GarbageController(() -> TYPES))
                  .suffering(unused -> Faults.NONE);
          cluster.create(Resources.JOBS, job("completions: 6"));
          cluster.always("the job goes last", JobSimulationTest::last);
          cluster.during(Duration.ofMillis(cluster.below(5000)), 0, List.of());
          deleteInForeground(cluster);
          cluster.rest(Duration.ofMinutes(3));
          assertThat(cluster.list(Resources.JOBS)).isEmpty();
        });
  }

  private static void deleteInForeground(Simulation cluster) {
    cluster
        .find(Resources.JOBS, "work")
        .ifPresent(
            job ->
                cluster
                    .people()
                    .delete(
                        Resources.JOBS,
                        "default",
                        "work",
                        new DeleteOptions(-1, "Foreground", job.uid(), "")));
  }

  private static void last(Step step) {
    if (step.isOf(Resources.JOBS) && step.delta().deleted()) {
      assertThat(step.all(Resources.PODS)).isEmpty();
    }
  }
}
