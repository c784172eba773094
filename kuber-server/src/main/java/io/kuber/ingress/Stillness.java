package io.kuber.ingress;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nothing has moved for too long. One timer that looks, and sleeps for what is left:
 * cheaper than one for each piece. Belongs to the event loop.
 */
final class Stillness {
  private final EventExecutor loop;
  private final Runnable tooLong;
  private Duration limit = IngressLimits.STILL;
  private long moved = System.nanoTime();
  private @Nullable Future<?> timer;

  /** Watches from now on; {@code tooLong} runs once, unless {@link #end} comes before. */
  Stillness(EventExecutor loop, Runnable tooLong) {
    this.loop = loop;
    this.tooLong = tooLong;
    sleep(limit.toNanos());
  }

  /** Something moved. */
  void moved() {
    moved = System.nanoTime();
  }

  /** From now on nothing may stand still for longer than that. */
  void limit(Duration other) {
    moved();
    boolean isShorter = other.compareTo(limit) < 0;
    limit = other;
    if (isShorter && timer != null) {
      timer.cancel(false);
      sleep(limit.toNanos());
    }
  }

  void end() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void sleep(long nanos) {
    timer = loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long left = limit.toNanos() - (System.nanoTime() - moved);
    if (left > 0) {
      sleep(left);
    } else {
      timer = null;
      tooLong.run();
    }
  }
}
