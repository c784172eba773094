package io.kuber.testkit.node;

import io.kuber.loop.Loop;
import io.kuber.testkit.node.script.PodScript;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of one pod do from one start to their end: a program runs, probes are asked.
 * Owned by the loop of the nodes.
 */
final class PodWork {
  private final SimulatedPod pod;
  private @Nullable Probing probes;
  private @Nullable RunningProgram program;

  PodWork(SimulatedPod pod) {
    this.pod = pod;
  }

  /** Hears what comes of the work. */
  interface Findings {
    /** The containers have ended. */
    void ended(int exitCode);

    /** They take traffic now, or not any more. */
    void changed();

    /** Something that people should know of. */
    void note(boolean warning, String reason, String message);
  }

  /** Begins what the script says, if anything. */
  void begin(Programs programs, Loop loop, Findings findings) {
    PodScript script = pod.script().orElse(null);
    if (script == null) {
      return;
    }
    script
        .program()
        .ifPresent(
            code -> program = programs.start(code, pod.object(), pod.log(), findings::ended));
    script
        .probes()
        .ifPresent(
            answers -> {
              Probing asked = new Probing(pod, answers, loop, findings);
              probes = asked;
              asked.begin();
            });
  }

  /** Whether the probes say that the containers take traffic. */
  boolean isReady() {
    return probes != null && probes.isReady();
  }

  /** The containers have ended, or are to end. */
  void end() {
    if (probes != null) {
      probes.stop();
    }
    if (program != null) {
      program.stop();
    }
  }
}
