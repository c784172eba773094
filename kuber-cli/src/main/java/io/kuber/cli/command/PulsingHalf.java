package io.kuber.cli.command;

import io.kuber.boot.NodeHalf;
import io.kuber.boot.Progress;
import io.kuber.boot.StartException;
import io.kuber.cli.output.Steps;
import io.kuber.loop.Loop;
import io.kuber.testkit.report.Census;
import io.kuber.testkit.report.Pulse;
import java.time.Duration;

/**
 * Nodes of which a line tells how they and their pods are doing: each second on a terminal, else
 * now and then, and only when something has changed.
 */
final class PulsingHalf implements NodeHalf {
  private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final NodeHalf nodes;
  private final Steps steps;
  private String told = "";
  private volatile boolean shown;

  PulsingHalf(NodeHalf nodes, Steps steps) {
    this.nodes = nodes;
    this.steps = steps;
  }

  @Override
  public void check() throws StartException {
    nodes.check();
  }

  @Override
  public RunningNodes start(ServerHalf cluster, Progress progress) throws Exception {
    Census census = Census.of(cluster.store(), cluster.loops().clock());
    Pulse pulse = new Pulse(census, cluster.traffic());
    RunningNodes running = nodes.start(cluster, progress);
    tick(cluster.loops().loop("summary"), pulse);
    return running;
  }

  /** From now on the line may be shown: all else that is to be said has been said. */
  void show() {
    shown = true;
  }

  private void tick(Loop loop, Pulse pulse) {
    if (shown) {
      if (steps.isTerminal()) {
        steps.live(pulse.line());
      } else if (!pulse.state().equals(told)) {
        told = pulse.state();
        steps.say(pulse.line());
      }
    }
    loop.schedule(steps.isTerminal() ? ON_TERMINAL : ELSEWHERE, () -> tick(loop, pulse));
  }
}
