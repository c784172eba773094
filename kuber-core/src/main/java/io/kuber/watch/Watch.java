package io.kuber.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reader of one resource's changes: a cursor into the history.
 *
 * <p>{@link #poll}, {@link #revision} and {@link #onReady} belong to one thread, the reader's;
 * {@link #close} may be called from any.
 */
public final class Watch implements AutoCloseable {
  /** The reader has seen all there was and waits for a signal; else where it goes on. */
  private static final long WAITING = -1;

  private final History history;
  private final LongSupplier applied;
  private final String namespace;
  private final long after;

  /** {@link #WAITING}, or the first event that matters after the reader has begun to wait. */
  private final AtomicLong next = new AtomicLong();

  private volatile @Nullable Runnable signal;
  private volatile boolean expired;
  private long cursor;
  private long seen;

  Watch(History history, LongSupplier applied, String namespace, long after) {
    this.history = history;
    this.applied = applied;
    this.namespace = namespace;
    this.after = after;
    this.seen = after;
  }

  /** Takes its place in the history; nothing that is applied from now on is missed. */
  void begin() {
    history.add(this);
    cursor = history.firstAfter(after);
    next.set(cursor);
    if (after < history.floor() || history.isEnded()) {
      close();
      throw new WatchExpiredException(after, history.floor());
    }
  }

  /**
   * The next events, at most {@code max}. Fewer than {@code max} means that the reader has seen all
   * and will be signalled; otherwise it has to poll again. Throws {@link WatchExpiredException}
   * when events were lost, because the reader was too slow.
   */
  public List<WatchEvent> poll(int max) {
    List<WatchEvent> events = new ArrayList<>();
    stopWaiting();
    while (events.size() < max) {
      WatchEvent event = take();
      if (event == null) {
        if (!hasMoreAfterAll()) {
          break;
        }
      } else if (isWanted(event)) {
        seen = event.delta().revision();
        events.add(event);
      }
    }
    return events;
  }

  /**
   * Skips what passed by while the reader waited and was for others. The writer looks at the
   * watches after every event, so all but the newest are known to be for others as long as it has
   * not woken this one.
   */
  private void stopWaiting() {
    long newest = history.end() - 1;
    cursor = Math.max(cursor, next.compareAndSet(WAITING, cursor) ? newest : next.get());
  }

  private @Nullable WatchEvent take() {
    if (expired) {
      throw new WatchExpiredException(seen, history.floor());
    }
    if (cursor >= history.end()) {
      return null;
    }
    WatchEvent event = history.at(cursor);
    if (event == null) {
      expired = true;
      throw new WatchExpiredException(seen, history.floor());
    }
    cursor++;
    return event;
  }

  /**
   * Begins to wait, unless something arrived in the moment before the writer could know. Then the
   * reader goes on at its own place, even if the writer has woken it in between: the writer names
   * only the event after the one that it could not announce.
   */
  private boolean hasMoreAfterAll() {
    next.set(WAITING);
    if (cursor >= history.end()) {
      return false;
    }
    next.set(cursor);
    return true;
  }

  private boolean isWanted(WatchEvent event) {
    return event.delta().revision() > after
        && (namespace.isEmpty() || event.delta().key().namespace().equals(namespace));
  }

  /**
   * The revision up to which the reader has been given everything, for bookmarks. It grows with
   * changes of other resources too.
   */
  public long revision() {
    long all = applied.getAsLong();
    if (next.get() == WAITING && !expired) {
      seen = Math.max(seen, all);
    }
    return seen;
  }

  /**
   * Sets what is called once there is something to poll for a reader that has seen all: on the
   * applying thread, so it must only hand over. Called at once when the reader has not polled yet.
   */
  public void onReady(Runnable action) {
    signal = action;
    if (next.get() != WAITING) {
      action.run();
    }
  }

  /** Called by the writer for every event that may matter. */
  void wake(long sequence) {
    if (next.get() == WAITING && next.compareAndSet(WAITING, sequence)) {
      signal();
    }
  }

  void expire() {
    expired = true;
    signal();
  }

  private void signal() {
    Runnable action = signal;
    if (action != null) {
      action.run();
    }
  }

  String namespace() {
    return namespace;
  }

  /** Ends the watch; no signal comes any more. */
  @Override
  public void close() {
    signal = null;
    history.remove(this);
  }
}
