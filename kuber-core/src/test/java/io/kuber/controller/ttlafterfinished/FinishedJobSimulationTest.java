package io.kuber.controller.ttlafterfinished;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.job.JobController;
import io.kuber.controller.job.OrphanedPodController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Jobs go when their time is over, with all that is theirs, and no sooner, whatever goes wrong. */
final class FinishedJobSimulationTest {
  private static final Duration TROUBLE = Duration.ofMinutes(1);
  private static final Duration REST = Duration.ofMinutes(10);
  private static final int JOBS = 4;

  private static Simulation cluster(long seed) {
    Simulation cluster =
        Simulation.of(seed)
            .running(
                JobController::new,
                OrphanedPodController::new,
                FinishedJobController::new,
                () -> new GarbageController(Simulation::types))
            .pods(Lots.ENDING, Lots.ENDING)
            .nodes(2);
    for (int i = 0; i < JOBS; i++) {
      cluster.create(
          Resources.JOBS,
          """
          metadata: {name: job-%d}
          spec:
            completions: 2
            ttlSecondsAfterFinished: %d
            template:
              spec: {restartPolicy: Never, containers: [{name: c, image: i}]}
          """
              .formatted(i, 10 * i));
    }
    return cluster;
  }

  private static void keep(Simulation cluster, String seconds) {
    cluster
        .any(cluster.list(Resources.JOBS))
        .ifPresent(
            job ->
                cluster.merge(
                    Resources.JOBS,
                    job.name(),
                    "spec: {ttlSecondsAfterFinished: %s}".formatted(seconds)));
  }

  private static final List<Consumer<Simulation>> DEEDS =
      List.of(
          cluster -> keep(cluster, "null"),
          cluster -> keep(cluster, Integer.toString(cluster.below(60))),
          cluster ->
              cluster
                  .any(cluster.list(Resources.PODS))
                  .ifPresent(pod -> cluster.delete(Resources.PODS, pod, -1)));

  @Test
  void takesJobsWhoseTimeIsOver() {
    Seeds.each(
        seed -> {
          Simulation cluster = cluster(seed);
          cluster.always("its time is over", step -> isOver(step, cluster.now()));
          cluster.during(TROUBLE, 8, DEEDS);
          cluster.rest(REST);
          cluster.conclude(() -> check(cluster));
          long revision = cluster.revision();
          cluster.rest(REST);
          assertThat(cluster.revision()).as("writes at rest").isEqualTo(revision);
        });
  }

  private static void isOver(Step step, Instant now) {
    if (step.byController() && step.isOf(Resources.JOBS) && step.deletes()) {
      KubeObject job = step.delta().after().object();
      Instant end =
          Condition.find(job.status(), "Complete")
              .filter(Condition::isTrue)
              .orElseThrow()
              .transitionedAt();
      long seconds = job.spec().number(Integer.MAX_VALUE, "ttlSecondsAfterFinished");
      assertThat(end.plusSeconds(seconds)).isBeforeOrEqualTo(now);
    }
  }

  /** Those stay that nobody gave a time, with all that is theirs. */
  private static void check(Simulation cluster) {
    Set<String> jobs = new HashSet<>();
    for (KubeObject job : cluster.list(Resources.JOBS)) {
      assertThat(job.spec().has("ttlSecondsAfterFinished")).as(job.name()).isFalse();
      assertThat(job.isBeingDeleted()).isFalse();
      jobs.add(job.uid());
    }
    assertThat(cluster.list(Resources.PODS))
        .allMatch(pod -> jobs.contains(pod.controller().orElseThrow().uid()));
  }
}
