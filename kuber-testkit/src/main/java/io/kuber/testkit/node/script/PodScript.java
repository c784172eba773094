package io.kuber.testkit.node.script;

import io.kuber.testkit.node.stage.DefaultStages;
import io.kuber.testkit.node.stage.Match;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param ports what listens on them, for {@code kubectl port-forward}
 */
public record PodScript(
    Match pods,
    List<Stage> stages,
    Optional<ExecScript> exec,
    Optional<LogScript> logs,
    Optional<ProbeScript> probes,
    Optional<Program> program,
    Map<Integer, PodPort> ports) {
  /** Copies the collections. */
  public PodScript {
    stages = List.copyOf(stages);
    ports = Map.copyOf(ports);
  }

  /** A script that says nothing yet. */
  public static PodScript of(Match pods) {
    return new PodScript(
        pods,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The same with further stages, for these pods alone. */
  public PodScript with(Stage... more) {
    List<Stage> all = new ArrayList<>(stages);
    Stream.of(more).forEach(all::add);
    return new PodScript(pods, all, exec, logs, probes, program, ports);
  }

  /** The same with answers to {@code kubectl exec}. */
  public PodScript answering(ExecScript script) {
    return new PodScript(pods, stages, Optional.of(script), logs, probes, program, ports);
  }

  /** The same with a log. */
  public PodScript logging(LogScript script) {
    return new PodScript(pods, stages, exec, Optional.of(script), probes, program, ports);
  }

  /** The same with results of probes. */
  public PodScript probed(ProbeScript script) {
    return new PodScript(pods, stages, exec, logs, Optional.of(script), program, ports);
  }

  /** The same with a program, whose end is the end of the containers. */
  public PodScript running(Program script) {
    return new PodScript(pods, stages, exec, logs, probes, Optional.of(script), ports);
  }

  /** The same with a program that needs to know nothing and ends well unless it throws. */
  public PodScript running(Runnable script) {
    return running(
        process -> {
          script.run();
          return 0;
        });
  }

  /** The same with a port on which a script of this JVM listens. */
  public PodScript listening(int port, PortScript script) {
    return with(port, new PodPort.Scripted(script));
  }

  /** The same with a port behind which is one of this machine, such as that of an HTTP server. */
  public PodScript forwarding(int port, int localPort) {
    return with(port, new PodPort.Local(localPort));
  }

  private PodScript with(int port, PodPort target) {
    Map<Integer, PodPort> all = new HashMap<>(ports);
    all.put(port, target);
    return new PodScript(pods, stages, exec, logs, probes, program, all);
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
