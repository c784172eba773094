package io.kuber.testkit.node;

import io.kuber.loop.Loop;
import io.kuber.node.probe.ProbeMachine;
import io.kuber.node.probe.ProbeMachine.Verdict;
import io.kuber.node.probe.ProbeSpec;
import io.kuber.object.Tree;
import io.kuber.testkit.node.script.ProbeScript;
import io.kuber.testkit.node.script.ProbeScript.Kind;
import io.kuber.testkit.node.script.ProbeScript.Probe;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a script for the probes that a pod declares, as often and as patiently as they say. Owned by
 * the loop of the nodes; lives for one run of the containers.
 */
final class Probing {
  /** With which code a container ends that is killed: 128 and the signal. */
  private static final int KILLED = 137;

  private final SimulatedPod pod;
  private final ProbeScript script;
  private final Loop loop;
  private final PodWork.Findings findings;
  private final List<Tree> containers;
  private final Map<Asked, ProbeMachine> machines = new HashMap<>();
  private boolean ready;
  private boolean over;

  Probing(SimulatedPod pod, ProbeScript script, Loop loop, PodWork.Findings findings) {
    this.pod = pod;
    this.script = script;
    this.loop = loop;
    this.findings = findings;
    this.containers = pod.object().spec().items("containers").trees();
  }

  private record Asked(String container, Kind kind) {}

  void begin() {
    for (Tree container : containers) {
      if (container.has(Kind.STARTUP.field())) {
        ask(container, Kind.STARTUP);
      } else {
        askOthers(container);
      }
    }
  }

  private void askOthers(Tree container) {
    ask(container, Kind.LIVENESS);
    ask(container, Kind.READINESS);
  }

  private void ask(Tree container, Kind kind) {
    if (container.has(kind.field())) {
      ProbeSpec spec = ProbeSpec.of(container.tree(kind.field()));
      again(container, kind, spec, spec.initialDelay());
    }
  }

  private void again(Tree container, Kind kind, ProbeSpec spec, Duration wait) {
    loop.schedule(wait, () -> answer(container, kind, spec));
  }

  private void answer(Tree container, Kind kind, ProbeSpec spec) {
    if (over) {
      return;
    }
    Asked asked = new Asked(container.text("name"), kind);
    boolean passes = script.passes(new Probe(pod.object(), asked.container(), kind));
    ProbeMachine before = machines.getOrDefault(asked, ProbeMachine.NEW);
    ProbeMachine after = before.after(passes, spec);
    machines.put(asked, after);
    if (!passes) {
      findings.note(true, "Unhealthy", kind.word() + " probe failed: so says the script");
    }
    boolean concluded = after.verdict() != before.verdict() && conclude(container, kind, after);
    if (!concluded && !over) {
      again(container, kind, spec, spec.period());
    }
  }

  /** A verdict has changed; returns whether this probe is not asked any more. */
  private boolean conclude(Tree container, Kind kind, ProbeMachine machine) {
    boolean passed = machine.verdict() == Verdict.SUCCESS;
    if (kind != Kind.READINESS && !passed) {
      kill(container, kind);
      return true;
    }
    if (kind == Kind.STARTUP) {
      askOthers(container);
    }
    tellReadiness();
    return kind == Kind.STARTUP;
  }

  private void kill(Tree container, Kind kind) {
    String probe = kind == Kind.STARTUP ? "startup" : "liveness";
    findings.note(
        false,
        "Killing",
        "Container %s failed %s probe, will be restarted".formatted(container.text("name"), probe));
    stop();
    findings.ended(KILLED);
  }

  private void tellReadiness() {
    boolean now = containers.stream().allMatch(this::isReady);
    if (now != ready) {
      ready = now;
      findings.changed();
    }
  }

  private boolean isReady(Tree container) {
    return hasPassed(container, Kind.STARTUP) && hasPassed(container, Kind.READINESS);
  }

  private boolean hasPassed(Tree container, Kind kind) {
    ProbeMachine machine = machines.get(new Asked(container.text("name"), kind));
    return !container.has(kind.field())
        || (machine != null && machine.verdict() == Verdict.SUCCESS);
  }

  /** Whether the pod takes traffic. */
  boolean isReady() {
    return ready;
  }

  void stop() {
    over = true;
  }
}
