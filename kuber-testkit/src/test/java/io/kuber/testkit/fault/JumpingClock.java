package io.kuber.testkit.fault;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import io.kuber.loop.ThreadLoops;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Loops of threads whose clock is set forward and back like one that somebody corrects. */
final class JumpingClock implements Loops {
  private final Loops loops = new ThreadLoops();
  private volatile Duration wrong = Duration.ZERO;

  /** Sets the clock; how long a loop waits does not depend on it, as with a real clock. */
  CompletionStage<String> jump(Duration by) {
    wrong = by;
    return CompletableFuture.completedStage("done");
  }

  @Override
  public Loop loop(String name) {
    return loops.loop(name);
  }

  @Override
  public InstantSource clock() {
    return () -> loops.clock().instant().plus(wrong);
  }

  @Override
  public Entropy entropy() {
    return loops.entropy();
  }

  @Override
  public void close() {
    loops.close();
  }
}
