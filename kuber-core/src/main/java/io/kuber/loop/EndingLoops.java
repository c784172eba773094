package io.kuber.loop;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Some users' share of loops that belong to somebody else, a simulation: it can end while others go
 * on. Its users may say farewell in {@link #hurry}; once it is closed, nothing that they have
 * handed over happens any more, as when a process dies. For the thread of the simulation, between
 * two of its steps.
 */
public final class EndingLoops implements Loops {
  private final Loops loops;
  private boolean hurried;
  private boolean ended;

  /** A share of {@code loops}, which go on when it ends. */
  public EndingLoops(Loops loops) {
    this.loops = loops;
  }

  /** What is to be done now is done at once from now on, and what was to be done later never is. */
  public void hurry() {
    hurried = true;
  }

  @Override
  public Loop loop(String name) {
    return new EndingLoop(loops.loop(name));
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
    ended = true;
  }

  private final class EndingLoop implements Loop {
    private final Loop loop;

    EndingLoop(Loop loop) {
      this.loop = loop;
    }

    @Override
    public String name() {
      return loop.name();
    }

    @Override
    public void execute(Runnable task) {
      if (hurried) {
        run(task);
      } else {
        loop.execute(() -> runInTime(task));
      }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      return loop.schedule(delay, () -> runInTime(task));
    }

    private void runInTime(Runnable task) {
      if (!hurried) {
        run(task);
      }
    }

    private void run(Runnable task) {
      if (!ended) {
        task.run();
      }
    }
  }
}
