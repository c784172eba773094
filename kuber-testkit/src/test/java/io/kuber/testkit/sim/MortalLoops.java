package io.kuber.testkit.sim;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.time.InstantSource;

/** The loops of one process: when it dies, none of its tasks runs any more. */
final class MortalLoops implements Loops {
  private final Loops loops;
  private boolean dead;

  MortalLoops(Loops loops) {
    this.loops = loops;
  }

  void die() {
    dead = true;
  }

  private final class MortalLoop implements Loop {
    private final Loop loop;

    MortalLoop(Loop loop) {
      this.loop = loop;
    }

    @Override
    public String name() {
      return loop.name();
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(() -> run(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return loop.schedule(delay, () -> run(task));
    }

    private void run(Runnable task) {
      if (!dead) {
        task.run();
      }
    }
  }

  @Override
  public Loop loop(String name) {
    return new MortalLoop(loops.loop(name));
  }

  @Override
  public InstantSource clock() {
    return loops.clock();
  }

  @Override
  public Entropy entropy() {
    return loops.entropy();
  }

  @Override
  public void close() {
    die();
  }
}
