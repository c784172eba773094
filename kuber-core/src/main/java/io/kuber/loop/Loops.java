package io.kuber.loop;

import java.time.InstantSource;

/** Where loops, time and randomness come from: {@link ThreadLoops} or {@link SimulatedLoops}. */
public interface Loops extends AutoCloseable {
  /** Makes a loop of the given name, which lives until {@link #close()}. */
  Loop loop(String name);

  /** The time, real or virtual. */
  InstantSource clock();

  /** The source of random numbers. */
  Entropy entropy();

  /** Ends every loop; tasks that have not started are dropped. */
  @Override
  void close();
}
