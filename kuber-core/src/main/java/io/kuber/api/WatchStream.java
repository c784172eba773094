package io.kuber.api;

import io.kuber.store.Delta;
import io.kuber.store.Stored;
import io.kuber.watch.Watch;
import io.kuber.watch.WatchEvent;
import io.kuber.watch.WatchExpiredException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one watch, as the client is to see them: the objects there were at its beginning,
 * then what changed, seen through its selectors.
 *
 * <p>One reader thread owns a stream; {@link #close} may be called from any thread.
 */
public final class WatchStream implements AutoCloseable {
  private final Selection selection;
  private final Iterator<Stored> existing;
  private final long start;
  private final Watch changes;
  private final Traffic traffic;
  private boolean bookmarkDue;

  WatchStream(
      Selection selection,
      Iterator<Stored> existing,
      boolean bookmarkDue,
      long start,
      Watch changes,
      Traffic traffic) {
    this.selection = selection;
    this.existing = existing;
    this.bookmarkDue = bookmarkDue;
    this.start = start;
    this.changes = changes;
    this.traffic = traffic;
  }

  /** The types of events. */
  public enum Type {
    /** The object is new, or came to match the selectors. */
    ADDED,
    /** The object changed. */
    MODIFIED,
    /** The object is gone, or no longer matches the selectors. */
    DELETED,
    /** Nothing happened, but the watch has come this far. */
    BOOKMARK
  }

  /**
   * One event.
   *
   * @param stored the object as the event shows it; null for a bookmark
   * @param revision the resourceVersion that the event shows
   * @param source the change, whose encodings all watchers share as long as type and content type
   *     are the same; null where {@code stored} is not the state after the change, and where there
   *     was none
   * @param endsInitialEvents whether this is the bookmark after the objects there were
   */
  public record Event(
      Type type,
      @Nullable Stored stored,
      long revision,
      @Nullable WatchEvent source,
      boolean endsInitialEvents) {}

  /**
   * The next events, at most about {@code max}; none means that the reader has seen all and is
   * signalled once there is more. Throws {@link ApiException} with reason Expired when the reader
   * was too slow; the stream is of no use then.
   */
  public List<Event> poll(int max) {
    List<Event> events = new ArrayList<>();
    while (events.size() < max && existing.hasNext()) {
      Stored stored = existing.next();
      if (selection.matchesPassing(stored)) {
        events.add(new Event(Type.ADDED, stored, stored.revision(), null, false));
      }
    }
    if (!existing.hasNext() && bookmarkDue) {
      bookmarkDue = false;
      events.add(new Event(Type.BOOKMARK, null, start, null, true));
    }
    if (events.isEmpty()) {
      pollChanges(max, events);
    }
    traffic.delivered(events.size());
    return events;
  }

  private void pollChanges(int max, List<Event> events) {
    List<WatchEvent> polled;
    do {
      try {
        polled = changes.poll(max);
      } catch (WatchExpiredException expired) {
        throw Failures.expired(String.valueOf(expired.getMessage()));
      }
      for (WatchEvent change : polled) {
        Event event = seen(change);
        if (event != null) {
          events.add(event);
        }
      }
    } while (events.isEmpty() && polled.size() == max);
  }

  /** A change seen through the selectors; null when it is none of this watch's business. */
  private @Nullable Event seen(WatchEvent change) {
    Delta delta = change.delta();
    Stored before = delta.before();
    boolean matched = before != null && selection.matches(before);
    boolean matches = !delta.deleted() && selection.matches(delta.after());
    if (delta.deleted() && matched) {
      return new Event(Type.DELETED, delta.after(), delta.revision(), change, false);
    }
    if (matched && !matches && before != null) {
      Stored last = new Stored(before.key(), delta.revision(), before.value());
      return new Event(Type.DELETED, last, delta.revision(), null, false);
    }
    if (!matches) {
      return null;
    }
    Type type = matched ? Type.MODIFIED : Type.ADDED;
    return new Event(type, delta.after(), delta.revision(), change, false);
  }

  /** The revision up to which the reader has been given everything, for bookmarks. */
  public long revision() {
    return existing.hasNext() || bookmarkDue ? start : changes.revision();
  }

  /**
   * Sets what is called, on the applying thread, once there is something to poll for a reader that
   * has seen all; it must only hand over. Called at once when the reader has not polled yet.
   */
  public void onReady(Runnable action) {
    changes.onReady(action);
  }

  @Override
  public void close() {
    changes.close();
  }
}
