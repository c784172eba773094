package io.kuber.engine.system;

import io.kuber.engine.Happenings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The last things that have happened, for those who ask and those who watch. A watcher who is
 * slower than things happen misses some; nobody else waits for him. For any thread.
 */
public final class HappeningLog implements Happenings, AutoCloseable {
  /** How many are remembered. */
  static final int MOST = 1024;

  private final InstantSource clock;
  private final Deque<Happening> last = new ArrayDeque<>();
  private long number;
  private boolean isClosed;

  /** An empty log. */
  public HappeningLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void tell(
      String type, String action, String id, Map<String, String> attributes) {
    if (last.size() >= MOST) {
      last.remove();
    }
    last.add(new Happening(++number, clock.instant(), type, action, id, attributes));
    notifyAll();
  }

  /** The number of the latest; 0 before the first. */
  synchronized long latest() {
    return number;
  }

  /** Now, as the log has it. */
  Instant now() {
    return clock.instant();
  }

  /** Somebody who reads on. */
  final class Watch {
    private long seen;
    private boolean isOver;

    private Watch(long seen) {
      this.seen = seen;
    }

    /**
     * What has happened since the last time; waits for it.
     *
     * @param until when there is no more to wait for
     * @return empty when the time is over, or the watch or the log is closed
     */
    List<Happening> next(Instant until) throws InterruptedException {
      synchronized (HappeningLog.this) {
        while (true) {
          List<Happening> news = last.stream().filter(one -> one.number() > seen).toList();
          if (!news.isEmpty()) {
            seen = news.get(news.size() - 1).number();
            return news;
          }
          Duration left = Duration.between(clock.instant(), until);
          if (isOver || isClosed || left.isNegative() || left.isZero()) {
            return List.of();
          }
          TimeUnit.MILLISECONDS.timedWait(
              HappeningLog.this, Math.min(left.toMillis() + 1, TimeUnit.HOURS.toMillis(1)));
        }
      }
    }

    /** Ends the waiting. */
    void close() {
      synchronized (HappeningLog.this) {
        isOver = true;
        HappeningLog.this.notifyAll();
      }
    }
  }

  /** Begins to watch; with what is remembered, or with what comes. */
  synchronized Watch watch(boolean fromStart) {
    return new Watch(fromStart ? 0 : number);
  }

  /** Ends all watches. */
  @Override
  public synchronized void close() {
    isClosed = true;
    notifyAll();
  }
}
