package io.kuber.controller.simulation;

import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Runs one simulation for each of many seeds: 40 of them, or as many as {@code -Dseeds=N} says, or
 * only that of {@code -Dseed=N}.
 */
public final class Seeds {
  private static final int USUAL = 40;

  private Seeds() {}

  /** Runs the simulation of the seeds from 1 on; a failure names its seed. */
  public static void each(LongConsumer simulation) {
    Long only = Long.getLong("seed");
    int count = Integer.getInteger("seeds", USUAL);
    each(only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only), simulation);
  }

  static void each(LongStream seeds, LongConsumer simulation) {
    seeds.forEach(seed -> run(seed, simulation));
  }

  private static void run(long seed, LongConsumer simulation) {
    try {
      simulation.accept(seed);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "seed %d fails; -Dseed=%d replays it: %s".formatted(seed, seed, failure.getMessage()),
          failure);
    }
  }
}
