package io.kuber.node.image;

import io.kuber.node.image.registry.Descriptor;
import io.kuber.node.image.registry.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How far one pull is, for all who wait for it: told when it has taken ten seconds, and each time
 * that it has taken twice as long as when it was told last. For any thread.
 */
final class PullProgress implements PullNews {
  private static final Duration FIRST = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Instant start;
  private final List<PullListener> listeners = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private final Map<Digest, Long> here = new HashMap<>();
  private long total;
  private Duration next = FIRST;

  /** The progress of a pull that begins now. */
  PullProgress(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /** One more waits for it. */
  void add(PullListener listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void found(Digest manifest, List<Descriptor> layers) {
    here.clear();
    total = layers.stream().mapToLong(Descriptor::size).sum();
  }

  @Override
  public synchronized void here(Descriptor layer) {
    here.put(layer.digest(), layer.size());
  }

  @Override
  public void downloading(Descriptor layer, long bytes) {
    long sum;
    synchronized (this) {
      here.put(layer.digest(), bytes);
      Duration past = Duration.between(start, clock.instant());
      if (past.compareTo(next) < 0) {
        return;
      }
      next = past.multipliedBy(2);
      sum = here.values().stream().mapToLong(Long::longValue).sum();
    }
    listeners.forEach(listener -> listener.coming(sum, total()));
  }

  private synchronized long total() {
    return total;
  }
}
