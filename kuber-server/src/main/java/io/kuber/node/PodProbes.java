package io.kuber.node;

import io.kuber.loop.Loop;
import io.kuber.loop.Loop.Timer;
import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.probe.ProbeMachine;
import io.kuber.node.probe.ProbeMachine.Verdict;
import io.kuber.node.probe.ProbeResult;
import io.kuber.node.probe.ProbeSpec;
import io.kuber.node.probe.Prober;
import io.kuber.node.probe.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The probes of one pod. Owned by the node's loop; the asking runs on worker threads.
 *
 * <p>As long as a startup probe has not passed, the other two are not asked.
 */
final class PodProbes {
  private static final String STARTUP = "startupProbe";
  private static final String LIVENESS = "livenessProbe";
  private static final String READINESS = "readinessProbe";

  private final Loop loop;
  private final Executor workers;
  private final InstantSource clock;
  private final Map<String, Session> sessions = new HashMap<>();

  private Consumer<Finding> findings = finding -> {};

  PodProbes(Loop loop, Executor workers, InstantSource clock) {
    this.loop = loop;
    this.workers = workers;
    this.clock = clock;
  }

  /** Who is told what probes find out; to be set before the first of them starts. */
  void tell(Consumer<Finding> listener) {
    findings = listener;
  }

  /**
   * What a probe found out about a container.
   *
   * @param probe the probe's field name
   */
  record Finding(String container, String probe, Kind kind, String message) {
    /** What changed. */
    enum Kind {
      /** It failed once, which need not mean anything yet. */
      FAILED,
      /** It succeeded, and has to say something. */
      WARNED,
      STARTED,
      READY,
      UNREADY,
      DEAD
    }
  }

  /** Begins to ask a container that has just started. */
  void start(PodContainer declared, String podIp, Running running) {
    Session session = new Session(declared, podIp, running);
    sessions.put(declared.name(), session);
    session.begin();
  }

  /** Stops asking; results that are under way are dropped. */
  void stop(String container) {
    Session session = sessions.remove(container);
    if (session != null) {
      session.end();
    }
  }

  /** A container that has been told to end says whether it still serves, and no more. */
  void stopAllButReadiness(String container) {
    Session session = sessions.get(container);
    if (session != null) {
      session.endAllButReadiness();
    }
  }

  /** The probes of one instance of a container; delays count from its start. */
  private final class Session {
    private final PodContainer declared;
    private final Target target;
    private final Instant since;
    private final Map<String, ProbeMachine> machines = new HashMap<>();
    private final Map<String, Timer> timers = new HashMap<>();
    private boolean ending;
    private boolean over;

    Session(PodContainer declared, String podIp, Running running) {
      this.declared = declared;
      this.target = new Target(podIp, declared.tree(), running.container(), running.process());
      this.since = clock.instant();
    }

    void begin() {
      if (declared.has(STARTUP)) {
        schedule(STARTUP);
      } else {
        beginOthers();
      }
    }

    private void beginOthers() {
      schedule(LIVENESS);
      schedule(READINESS);
    }

    void end() {
      over = true;
      timers.values().forEach(Timer::cancel);
    }

    void endAllButReadiness() {
      ending = true;
      timers.forEach(
          (kind, timer) -> {
            if (!kind.equals(READINESS)) {
              timer.cancel();
            }
          });
    }

    private boolean isAsked(String kind) {
      return !over && (!ending || kind.equals(READINESS));
    }

    private void schedule(String kind) {
      if (declared.has(kind)) {
        ProbeSpec spec = spec(kind);
        Duration ran = Duration.between(since, clock.instant());
        timers.put(kind, loop.schedule(spec.initialDelay().minus(ran), () -> ask(kind, spec)));
      }
    }

    private ProbeSpec spec(String kind) {
      return ProbeSpec.of(declared.probe(kind));
    }

    private void ask(String kind, ProbeSpec spec) {
      workers.execute(
          () -> {
            ProbeResult result = Prober.ask(spec, target);
            loop.execute(() -> answered(kind, spec, result));
          });
    }

    private void answered(String kind, ProbeSpec spec, ProbeResult result) {
      if (!isAsked(kind)) {
        return;
      }
      ProbeMachine before = machines.getOrDefault(kind, ProbeMachine.NEW);
      ProbeMachine after = before.after(result.success(), spec);
      machines.put(kind, after);
      if (!result.success()) {
        tell(kind, Finding.Kind.FAILED, result.message());
      } else if (!result.message().isEmpty()) {
        tell(kind, Finding.Kind.WARNED, result.message());
      }
      boolean done = after.verdict() != before.verdict() && conclude(kind, after, result);
      if (!done && isAsked(kind)) {
        Duration pause = spec.period();
        timers.put(kind, loop.schedule(pause, () -> ask(kind, spec)));
      }
    }

    /** A verdict has changed; returns whether this probe is not asked any more. */
    private boolean conclude(String kind, ProbeMachine machine, ProbeResult result) {
      boolean passed = machine.verdict() == Verdict.SUCCESS;
      switch (kind) {
        case STARTUP -> {
          tell(kind, passed ? Finding.Kind.STARTED : Finding.Kind.DEAD, result.message());
          if (passed) {
            beginOthers();
          }
          return true;
        }
        case LIVENESS -> {
          if (!passed) {
            tell(kind, Finding.Kind.DEAD, result.message());
          }
          return !passed;
        }
        default -> {
          tell(kind, passed ? Finding.Kind.READY : Finding.Kind.UNREADY, result.message());
          return false;
        }
      }
    }

    private void tell(String probe, Finding.Kind kind, String message) {
      findings.accept(new Finding(declared.name(), probe, kind, message));
    }
  }
}
