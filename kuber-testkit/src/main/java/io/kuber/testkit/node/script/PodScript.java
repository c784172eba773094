package io.kuber.testkit.node.script;

import io.kuber.testkit.node.stage.DefaultStages;
import io.kuber.testkit.node.stage.Match;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What some pods do. What it leaves out they do as all others.
 *
 * @param pods whose script it is
 * @param stages of their life, before those of all pods
 * @param exec answers commands
 * @param logs says what was written; without it, what the program said
 * @param probes says whether the probes that the pods declare pass
 * @param program runs while their containers do
 */
public record PodScript(
    Match pods,
    List<Stage> stages,
    Optional<ExecScript> exec,
    Optional<LogScript> logs,
    Optional<ProbeScript> probes,
    Optional<Program> program) {
  /** Copies the stages. */
  public PodScript {
    stages = List.copyOf(stages);
  }

  /** A script that says nothing yet. */
  public static PodScript of(Match pods) {
    return new PodScript(
        pods, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with further stages, for these pods alone. */
  public PodScript with(Stage... more) {
    List<Stage> all = new ArrayList<>(stages);
    Stream.of(more).forEach(all::add);
    return new PodScript(pods, all, exec, logs, probes, program);
  }

  /** The same with answers to {@code kubectl exec}. */
  public PodScript answering(ExecScript script) {
    return new PodScript(pods, stages, Optional.of(script), logs, probes, program);
  }

  /** The same with a log. */
  public PodScript logging(LogScript script) {
    return new PodScript(pods, stages, exec, Optional.of(script), probes, program);
  }

  /** The same with results of probes. */
  public PodScript probed(ProbeScript script) {
    return new PodScript(pods, stages, exec, logs, Optional.of(script), program);
  }

  /** The same with a program, whose end is the end of the containers. */
  public PodScript running(Program script) {
    return new PodScript(pods, stages, exec, logs, probes, Optional.of(script));
  }

  /** The same with a program that needs to know nothing and ends well unless it throws. */
  public PodScript running(Runnable script) {
    return running(
        process -> {
          script.run();
          return 0;
        });
  }

  /** The same with containers that take so long to start. */
  public PodScript startingSlowly(Duration time) {
    return with(Stage.of("started slowly", PodState.CREATING, PodState.READY).after(time));
  }

  /** The same with containers that end with this code, so long after each start. */
  public PodScript crashing(Duration after, int exitCode) {
    Stage crash = Stage.of("crashed", PodState.READY, PodState.CRASHED);
    return with(crash.after(after).exiting(exitCode));
  }

  /** The same with an image that cannot be had, and what the registry says. */
  public PodScript withoutImage(String message) {
    Stage again = Stage.of("not pulled again", PodState.PULL_BACK_OFF, PodState.PULL_FAILED);
    return with(
        Stage.of("not pulled", PodState.CREATING, PodState.PULL_FAILED).saying(message),
        again.after(DefaultStages.BACK_OFF).saying(message));
  }
}
