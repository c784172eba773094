package io.kuber.load.store;

import io.kuber.load.Latencies;
import io.kuber.loop.Loop;
import io.kuber.store.Key;
import io.kuber.store.Store;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchEvent;
import io.kuber.watch.WatchHub;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures from the moment in which a change is in the image to that in which a watcher on another
 * thread holds it. Fields below the loop belong to it.
 */
final class WatchDelay {
  private static final int BATCH = 128;
  private static final String RESOURCE = "watched";

  private final AtomicLongArray applied;
  private final long base;
  private final CompletableFuture<Latencies> seen = new CompletableFuture<>();
  private final Watch watch;
  private final Latencies latencies = new Latencies();

  /** Watches {@code changes} changes of {@link #key} objects, made from now on and alone. */
  WatchDelay(Store store, WatchHub hub, Loop loop, int changes) {
    applied = new AtomicLongArray(changes);
    base = store.image().revision();
    watch = hub.open(RESOURCE, "", base);
    store.subscribe((delta, image) -> applied.set(place(delta.revision()), System.nanoTime()));
    watch.onReady(() -> loop.execute(this::take));
  }

  /** An object to write. */
  Key key(int number) {
    return new Key(RESOURCE, "", "object-" + number);
  }

  /** Completes when all changes were seen. */
  CompletableFuture<Latencies> seen() {
    return seen;
  }

  private void take() {
    List<WatchEvent> events;
    do {
      events = watch.poll(BATCH);
      events.forEach(this::count);
    } while (events.size() == BATCH);
    if (latencies.count() == applied.length()) {
      watch.close();
      seen.complete(latencies);
    }
  }

  private void count(WatchEvent event) {
    // The watch is told before the listener that writes down the time: then it took no time.
    long since = applied.get(place(event.delta().revision()));
    latencies.add(since == 0 ? 0 : System.nanoTime() - since);
  }

  private int place(long revision) {
    return (int) (revision - base - 1);
  }
}
