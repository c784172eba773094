package io.kuber.controller.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.controller.garbage.GarbageController;
import io.kuber.controller.job.JobController;
import io.kuber.controller.job.OrphanedPodController;
import io.kuber.controller.simulation.Lots;
import io.kuber.controller.simulation.Seeds;
import io.kuber.controller.simulation.Simulation;
import io.kuber.controller.simulation.Step;
import io.kuber.object.KubeObject;
import io.kuber.resource.Kind;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every minute has one job at most, and old ones go, whatever goes wrong. */
final class CronJobSimulationTest {
  private static final List<ResourceType> TYPES =
      BuiltInKinds.catalogue().kinds().stream().map(Kind::type).toList();

  private static final String TICK =
      """
      metadata: {name: tick}
      spec:
        schedule: '* * * * *'
        concurrencyPolicy: %s
        successfulJobsHistoryLimit: 2
        jobTemplate:
          spec:
            template:
              spec: {restartPolicy: Never, containers: [{name: c, image: i}]}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"Allow", "Forbid", "Replace"})
  void startsEachMinuteOnce(String policy) {
    Seeds.each(
        seed -> {
          Simulation cluster =
              Simulation.of(seed)
                  .running(
                      CronJobController::new,
                      JobController::new,
                      OrphanedPodController::new,
                      () -> new GarbageController(() -> TYPES))
                  .pods(Lots.ENDING, Lots.ENDING)
                  .nodes(2);
          cluster.always("a minute has one job", CronJobSimulationTest::once);
          cluster.create(Resources.CRON_JOBS, TICK.formatted(policy));
          cluster.during(
              Duration.ofMinutes(3),
              3,
              List.of(
                  all ->
                      all.any(all.list(Resources.JOBS))
                          .ifPresent(j -> all.delete(Resources.JOBS, j, -1)),
                  all -> all.merge(Resources.CRON_JOBS, "tick", "spec: {suspend: true}"),
                  all -> all.merge(Resources.CRON_JOBS, "tick", "spec: {suspend: false}")));
          cluster.merge(Resources.CRON_JOBS, "tick", "spec: {suspend: false}");
          cluster.rest(Duration.ofSeconds(230));
          KubeObject tick = cluster.find(Resources.CRON_JOBS, "tick").orElseThrow();
          assertThat(tick.status().text("lastScheduleTime")).isEqualTo("2026-01-01T00:06:00Z");
          assertThat(tick.status().text("lastSuccessfulTime")).startsWith("2026-01-01T00:06:");
          assertThat(cluster.list(Resources.JOBS)).hasSize(2);
        });
  }

  /** A job that somebody deleted before anybody wrote down that it began may come again. */
  private static void once(Step step) {
    if (step.isOf(Resources.JOBS) && step.delta().before() == null) {
      String last = step.all(Resources.CRON_JOBS).get(0).status().text("lastScheduleTime");
      Instant time = Runs.startOf(step.delta().after().object()).orElseThrow();
      assertThat(time).isAfter(Timestamps.parse(last));
    }
  }
}
