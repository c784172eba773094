package io.kuber.testkit.node;

import io.kuber.loop.Entropy;
import io.kuber.testkit.node.script.PodScript;
import io.kuber.testkit.node.stage.DefaultStages;
import io.kuber.testkit.node.stage.PodState;
import io.kuber.testkit.node.stage.Stage;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the stage that comes next for a pod, by data and random numbers. Owned by one loop. */
final class Lives {
  /** A rate is drawn in millionths. */
  private static final int WHOLE = 1_000_000;

  private final IdentityHashMap<NodeSettings, List<Stage>> standard = new IdentityHashMap<>();
  private final Entropy entropy;

  Lives(Entropy entropy) {
    this.entropy = entropy;
  }

  /** A stage that a pod enters after a while. */
  record Due(Stage stage, Duration delay) {}

  /** The stage that comes next; empty when the pod stays as it is. */
  Optional<Due> next(SimulatedPod pod) {
    PodState state = PodState.of(pod.object());
    Stream<Stage> own = pod.script().map(PodScript::stages).orElse(List.of()).stream();
    NodeSettings settings = pod.node().settings();
    Stream<Stage> shared = settings.behaviour().stages().stream();
    Stream<Stage> usual = standard(settings).stream().filter(stage -> isFor(pod, stage));
    return Stream.of(own, shared, usual)
        .flatMap(stages -> stages)
        .filter(stage -> stage.isFor(pod.object(), state))
        .flatMap(stage -> due(pod, stage).stream())
        .findFirst();
  }

  /** What nodes of that group do with all pods; made once, since thousands of nodes share it. */
  private List<Stage> standard(NodeSettings settings) {
    return standard.computeIfAbsent(
        settings, group -> DefaultStages.of(group.startTime(), group.stopTime()));
  }

  /** A pod whose probes are scripted becomes ready by them and by nothing else. */
  private static boolean isFor(SimulatedPod pod, Stage stage) {
    return stage.from() != PodState.RUNNING || !pod.isProbed();
  }

  private Optional<Due> due(SimulatedPod pod, Stage stage) {
    return stage
        .delay()
        .of(pod.object(), pod.attempts().of(stage.from()), entropy)
        .map(
            wait -> new Due(stage, stage.from() == PodState.STOPPING ? graceful(pod, wait) : wait));
  }

  /** What does not stop by itself is killed when its time of grace is over. */
  private static Duration graceful(SimulatedPod pod, Duration wait) {
    long seconds = pod.object().metadata().number(0, "deletionGracePeriodSeconds");
    Duration grace = Duration.ofSeconds(seconds);
    return wait.compareTo(grace) > 0 ? grace : wait;
  }

  /** Where the pod goes that enters the stage: now and then something goes wrong. */
  Move enter(Stage stage) {
    double rate = stage.mishap().rate();
    boolean fails = rate > 0 && entropy.below(WHOLE) < rate * WHOLE;
    return new Move(stage.from(), fails ? stage.mishap().to() : stage.to(), stage.outcome());
  }
}
