package io.kuber.testkit.machine;

import io.kuber.loop.Entropy;
import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.Duration;
import java.time.InstantSource;

/** Loops of a machine whose clock may be wrong. What waits, waits as long as elsewhere. */
public final class SkewedLoops implements Loops {
  private final Loops loops;
  private volatile Duration skew = Duration.ZERO;

  /** Loops whose clock is right, for now. */
  public SkewedLoops(Loops loops) {
    this.loops = loops;
  }

  /**
   * From now on the clock is ahead by so much, or behind where it is negative.
   *
   * @return the same in words, such as {@code 5.0 s behind}
   */
  public String skew(Duration by) {
    skew = by;
    return by.abs().toMillis() / 1e3 + " s " + (by.isNegative() ? "behind" : "ahead");
  }

  /** From now on the clock is right. */
  public void mend() {
    skew = Duration.ZERO;
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
