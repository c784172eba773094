package io.kuber.node;

import io.kuber.node.PodSpec.PodContainer;
import io.kuber.node.RunningContainers.Running;
import io.kuber.node.probe.ProbeResult;
import io.kuber.node.probe.Prober;
import io.kuber.node.probe.Target;
import io.kuber.object.Tree;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a container does right after its start and right before its end (core/v1 Lifecycle). */
final class Hooks {
  /** The kubelet waits for ever, which would cost a thread. */
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private Hooks() {}

  /** Runs {@code postStart}; blocks until it has ended. */
  static ProbeResult afterStart(PodContainer declared, String podIp, Running running) {
    return run(declared, "postStart", LONGEST_START, podIp, running);
  }

  /** Runs {@code preStop}; blocks until it has ended, at most for the grace period. */
  static ProbeResult beforeStop(
      PodContainer declared, Duration grace, String podIp, Running running) {
    return run(declared, "preStop", grace, podIp, running);
  }

  static boolean has(PodContainer declared, String hook) {
    return handler(declared, hook) != null;
  }

  private static @Nullable Tree handler(PodContainer declared, String hook) {
    return declared.tree().at("lifecycle", hook) instanceof Tree tree ? tree : null;
  }

  private static ProbeResult run(
      PodContainer declared, String hook, Duration limit, String podIp, Running running) {
    Tree handler = handler(declared, hook);
    if (handler == null) {
      return ProbeResult.SUCCESS;
    }
    if (handler.get("sleep") instanceof Tree sleep) {
      return sleep(Duration.ofSeconds(sleep.number(0, "seconds")), limit);
    }
    Target target = new Target(podIp, declared.tree(), running.container(), running.process());
    return Prober.run(handler, target, limit);
  }

  private static ProbeResult sleep(Duration wanted, Duration limit) {
    try {
      Thread.sleep((wanted.compareTo(limit) < 0 ? wanted : limit).toMillis());
      return ProbeResult.SUCCESS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProbeResult.failure("interrupted");
    }
  }
}
