package io.kuber.engine.container;

import io.kuber.object.Tree;
import java.time.Instant;

/**
 * How it stands with a container.
 *
 * @param status {@code created}, {@code running}, {@code paused} or {@code exited}
 * @param pid the machine's number of its first process; 0 unless it runs
 * @param error why it did not start
 * @param startedAt as RFC 3339 has it
 */
record ContainerState(
    String status,
    int pid,
    int exitCode,
    boolean oomKilled,
    String error,
    String startedAt,
    String finishedAt) {
  /** What Docker says for a time that has not come. */
  static final String NEVER = "0001-01-01T00:00:00Z";

  static final ContainerState CREATED =
      new ContainerState("created", 0, 0, false, "", NEVER, NEVER);

  /** It runs from now on. */
  ContainerState started(int number, Instant at) {
    return new ContainerState("running", number, 0, false, "", at.toString(), finishedAt);
  }

  /** It has ended. */
  ContainerState ended(int code, boolean outOfMemory, Instant at) {
    return new ContainerState("exited", 0, code, outOfMemory, "", startedAt, at.toString());
  }

  /** It has not started. */
  ContainerState failed(int code, String why) {
    String as = status.equals("created") ? "created" : "exited";
    return new ContainerState(as, 0, code, false, why, startedAt, finishedAt);
  }

  /** It runs and is held up, or no longer. */
  ContainerState paused(boolean held) {
    return new ContainerState(
        held ? "paused" : "running", pid, exitCode, oomKilled, error, startedAt, finishedAt);
  }

  /** Whether it runs, held up or not. */
  boolean isRunning() {
    return status.equals("running") || isPaused();
  }

  boolean isPaused() {
    return status.equals("paused");
  }

  /** As it is kept, and as inspecting shows it. */
  Tree tree() {
    return Tree.builder()
        .put("Status", status)
        .put("Running", isRunning())
        .put("Paused", isPaused())
        .put("Restarting", false)
        .put("OOMKilled", oomKilled)
        .put("Dead", false)
        .put("Pid", (long) pid)
        .put("ExitCode", (long) exitCode)
        .put("Error", error)
        .put("StartedAt", startedAt)
        .put("FinishedAt", finishedAt)
        .build();
  }

  /** What {@link #tree} keeps. */
  static ContainerState of(Tree tree) {
    return new ContainerState(
        tree.text("Status"),
        (int) tree.number(0, "Pid"),
        (int) tree.number(0, "ExitCode"),
        tree.isTrue("OOMKilled"),
        tree.text("Error"),
        tree.text("StartedAt"),
        tree.text("FinishedAt"));
  }
}
