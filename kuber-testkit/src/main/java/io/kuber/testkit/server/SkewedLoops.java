package io.kuber.testkit.server;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.time.InstantSource;

/** Loops of a machine whose clock may be wrong. What waits, waits as long as elsewhere. */
final class SkewedLoops implements Loops {
  private final Loops loops;
  private volatile Duration skew = Duration.ZERO;

  SkewedLoops(Loops loops) {
    this.loops = loops;
  }

  void skew(Duration by) {
    skew = by;
  }

  @Override
  public Loop loop(String name) {
    return loops.loop(name);
  }

  @Override
  public InstantSource clock() {
    InstantSource right = loops.clock();
    return () -> right.instant().plus(skew);
  }

  @Override
  public Entropy entropy() {
    return loops.entropy();
  }

  /** The loops are those of the cluster, which ends them. */
  @Override
  public void close() {}
}
