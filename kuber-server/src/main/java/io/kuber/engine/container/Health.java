package io.kuber.engine.container;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a container is, as far as its checks say. Pure.
 *
 * @param status {@code starting}, {@code healthy} or {@code unhealthy}
 * @param streak failures in a row
 * @param log the last checks, the oldest first
 */
record Health(String status, int streak, List<Check> log) {
  /** How many checks are remembered, and how much of what one writes (moby, daemon/health.go). */
  static final int MOST_CHECKS = 5;

  static final int MOST_BYTES = 4096;

  /** Nothing is known so far. */
  static final Health STARTING = new Health("starting", 0, List.of());

  Health {
    log = List.copyOf(log);
  }

  /**
   * One check.
   *
   * @param code 0 when it was well; -1 when it did not end in time
   */
  record Check(Instant start, Instant end, int code, String output) {}

  /**
   * What is known after one more check.
   *
   * @param started when the container has
   */
  Health after(Check check, HealthPlan plan, Instant started) {
    List<Check> all = new ArrayList<>(log);
    all.add(check);
    List<Check> last = all.subList(Math.max(0, all.size() - MOST_CHECKS), all.size());
    if (check.code() == 0) {
      return new Health("healthy", 0, last);
    }
    boolean counts =
        !status.equals("starting") || !check.start().isBefore(started.plus(plan.startPeriod()));
    int failures = counts ? streak + 1 : streak;
    return new Health(failures >= plan.retries() ? "unhealthy" : status, failures, last);
  }

  /** As lists say it behind the time. */
  String words() {
    return status.equals("starting") ? "health: starting" : status;
  }

  /** As inspecting shows it. */
  Tree tree() {
    return Tree.of(
        "Status",
        status,
        "FailingStreak",
        (long) streak,
        "Log",
        Items.copyOf(
            log.stream()
                .map(
                    check ->
                        Tree.of(
                            "Start", check.start().toString(),
                            "End", check.end().toString(),
                            "ExitCode", (long) check.code(),
                            "Output", check.output()))
                .toList()));
  }
}
