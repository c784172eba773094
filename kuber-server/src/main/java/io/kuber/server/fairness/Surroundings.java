package io.kuber.server.fairness;

import io.kuber.loop.Loop;
import io.kuber.loop.Loops;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What all gates of a server share. For any thread. */
final class Surroundings {
  /** Loops on which requests go on that had to wait. */
  private static final int LOOPS = 4;

  private final List<Loop> loops;
  private final Loop timers;
  private final InstantSource clock;
  private final Runnable pressed;
  private final AtomicInteger next = new AtomicInteger();

  Surroundings(Loops loops, Loop timers, Runnable pressed) {
    this.loops = IntStream.range(0, LOOPS).mapToObj(i -> loops.loop("admitted-" + i)).toList();
    this.timers = timers;
    this.clock = loops.clock();
    this.pressed = pressed;
  }

  Loop timers() {
    return timers;
  }

  InstantSource clock() {
    return clock;
  }

  /** Somebody had to wait, or was refused. */
  void pressed() {
    pressed.run();
  }

  /** Runs what must not run where somebody else's request has ended. */
  void handOver(Runnable task) {
    loops.get(Math.floorMod(next.getAndIncrement(), LOOPS)).execute(task);
  }
}
