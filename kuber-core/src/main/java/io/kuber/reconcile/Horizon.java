package io.kuber.reconcile;

import io.kuber.loop.Loop;
import io.kuber.store.Store;
import io.kuber.view.View;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Holds tasks back until the view has caught up, so that nobody plans from a past that he has
 * already changed himself. Changes come without a gap: a view that is behind a revision of the
 * store gets there with the changes that are on their way.
 *
 * <p>Owned by the reconciler's loop; holds at most one task for each plan under way.
 */
final class Horizon {
  private final Store store;
  private final View view;
  private final Loop loop;
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(Comparator.comparingLong(Held::revision).thenComparing(Held::order));
  private long order;

  Horizon(Store store, View view, Loop loop) {
    this.store = store;
    this.view = view;
    this.loop = loop;
  }

  private record Held(long revision, long order, Runnable task) {}

  /** Runs the task when the view contains every write that was answered in this process. */
  void whenOwnAreSeen(Runnable task) {
    when(store.image().revision(), task);
  }

  /**
   * Runs the task when the view contains every write that took effect before, whoever made it and
   * whatever he was told. A store that cannot say takes no writes either: what it has must do.
   */
  void whenAllAreSeen(Runnable task) {
    store
        .latest()
        .exceptionally(failure -> store.image())
        .thenAccept(latest -> loop.execute(() -> when(latest.revision(), task)));
  }

  private void when(long revision, Runnable task) {
    if (seen() >= revision) {
      task.run();
    } else {
      held.add(new Held(revision, order++, task));
    }
  }

  private long seen() {
    return view.image().revision();
  }

  /** The view has taken in a change. */
  void advanced() {
    while (!held.isEmpty() && held.element().revision() <= seen()) {
      held.remove().task().run();
    }
  }
}
