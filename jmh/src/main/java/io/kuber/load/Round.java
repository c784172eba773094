package io.kuber.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** One operation on so many connections for so long. */
final class Round {
  private static final int REFUSED = 300;

  private final Operation operation;
  private final List<Target> targets;
  private final long measured;
  private final long end;
  private final LongAdder done = new LongAdder();

  /** Warms up for a quarter of the time, from now on. */
  Round(Operation operation, List<Target> targets, Duration time) {
    this.operation = operation;
    this.targets = targets;
    this.measured = System.nanoTime() + time.toNanos() / 4;
    this.end = measured + time.toNanos();
  }

  /**
   * What came of it.
   *
   * @param latencies of the answers that were no refusals
   * @param refused answers that were
   * @param perSecond answers
   */
  record Result(Latencies latencies, long refused, double perSecond) {}

  /** Requests that were answered so far, for those who watch. */
  long done() {
    return done.sum();
  }

  /** Runs on the threads of {@code threads}, one per connection, and waits for all. */
  Result run(ExecutorService threads) throws InterruptedException, ExecutionException {
    Latencies latencies = new Latencies();
    List<Future<Loop>> loops = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Loop loop = new Loop(targets.get(i), i);
      loops.add(threads.submit(loop, loop));
    }
    long refused = 0;
    for (Future<Loop> loop : loops) {
      latencies.add(loop.get().latencies);
      refused += loop.get().refused;
    }
    double seconds = (end - measured) / 1e9;
    return new Result(latencies, refused, (latencies.count() + refused) / seconds);
  }

  /** The work of one connection. */
  private final class Loop implements Runnable {
    private final Target target;
    private final int connection;
    private final Latencies latencies = new Latencies();
    private long refused;

    Loop(Target target, int connection) {
      this.target = target;
      this.connection = connection;
    }

    @Override
    public void run() {
      for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
        int status = operation.run(target, connection);
        long now = System.nanoTime();
        done.increment();
        if (start >= measured && now <= end) {
          count(status, now - start);
        }
      }
    }

    private void count(int status, long nanos) {
      if (status < REFUSED) {
        latencies.add(nanos);
      } else {
        refused++;
      }
    }
  }
}
