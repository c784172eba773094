package io.kuber.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Looks at something again and again until it is as wanted. The pauses grow: a look may cost a
 * whole program, and programs that look without pause keep what they wait for from happening.
 */
public final class Eventually {
  private static final long LIMIT_SECONDS = 90;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private Eventually() {}

  /** A look at something. */
  public interface Look<T> {
    T take() throws IOException, InterruptedException;
  }

  /** Returns the first look that is as wanted; fails after 90 seconds, and says what was seen. */
  public static <T> T seen(Look<T> look, Predicate<? super T> wanted) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    long pause = FIRST_PAUSE_NANOS;
    try {
      T seen = look.take();
      while (!wanted.test(seen)) {
        assertThat(System.nanoTime()).as("out of patience, seen: %s", seen).isLessThan(end);
        LockSupport.parkNanos(pause);
        pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_NANOS);
        seen = look.take();
      }
      return seen;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
