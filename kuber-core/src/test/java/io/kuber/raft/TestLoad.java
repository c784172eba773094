package io.kuber.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.store.Command;
import io.kuber.store.Outcome;
import io.kuber.store.Store;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes into one server until it is stopped, and remembers what was acknowledged. */
final class TestLoad {
  private static final int IN_FLIGHT = 8;

  private final Store store;
  private final String prefix;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private long lastNanos = System.nanoTime();
  private long longestPauseNanos;
  private volatile boolean stopped;

  private TestLoad(Store store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  static TestLoad on(Store store, String prefix) {
    TestLoad load = new TestLoad(store, prefix);
    for (int i = 0; i < IN_FLIGHT; i++) {
      load.inFlight.incrementAndGet();
      load.write();
    }
    return load;
  }

  private void write() {
    if (stopped) {
      inFlight.decrementAndGet();
      return;
    }
    String name = prefix + "-" + next.getAndIncrement();
    store
        .submit(new Command.Put(TestCluster.pod(name), 0, "\"some value\"".getBytes(UTF_8)))
        .whenComplete(
            (outcome, failure) -> {
              if (outcome instanceof Outcome.Applied applied) {
                acknowledged.put(name, applied.stored().revision());
                noteAcknowledgement();
              } else {
                failures.add(name + ": " + outcome + " " + failure);
              }
              write();
            });
  }

  private synchronized void noteAcknowledgement() {
    long now = System.nanoTime();
    longestPauseNanos = Math.max(longestPauseNanos, now - lastNanos);
    lastNanos = now;
  }

  /** From now on the longest time without an acknowledgement is measured anew. */
  synchronized void restartPause() {
    lastNanos = System.nanoTime();
    longestPauseNanos = 0;
  }

  synchronized long longestPauseMillis() {
    return longestPauseNanos / 1_000_000;
  }

  void await(int more) {
    int wanted = acknowledged.size() + more;
    TestCluster.until(() -> acknowledged.size() >= wanted);
  }

  void awaitMore() {
    await(100);
  }

  void stop() {
    stopped = true;
    TestCluster.until(() -> inFlight.get() == 0);
  }

  Queue<String> failures() {
    return failures;
  }

  void assertKept(Store in) {
    acknowledged.forEach(
        (name, revision) ->
            assertThat(in.image().get(TestCluster.pod(name)))
                .as(name)
                .isNotNull()
                .satisfies(stored -> assertThat(stored.revision()).isEqualTo(revision)));
  }
}
