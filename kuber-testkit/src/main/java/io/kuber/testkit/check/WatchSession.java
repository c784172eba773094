package io.kuber.testkit.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One watch from its opening to its end; one that goes on after a break is another session.
 *
 * @param watcher a name for reports
 * @param after the revision behind which the watch was opened
 * @param responses in the order in which they arrived
 */
public record WatchSession(
    String watcher, WatchFilter filter, long after, List<Response> responses) {
  /** Copies the responses. */
  public WatchSession {
    responses = List.copyOf(responses);
  }

  /** What arrived at once: events, or a bookmark. */
  public sealed interface Response {}

  /** Some events; not none. */
  public record Events(List<Event> events) implements Response {
    /** Copies the events. */
    public Events {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("a response without events");
      }
    }
  }

  /** The watch has shown all there is up to a revision. */
  public record Bookmark(long revision) implements Response {}

  /** Kinds of events. */
  public enum Kind {
    /** The watcher could not know the key. */
    ADDED,
    /** The key has another value. */
    MODIFIED,
    /** The key is gone, or does not match the filter any more. */
    DELETED
  }

  /**
   * One event.
   *
   * @param value as it was shown
   * @param previous the value before, where the event showed it
   */
  public record Event(
      Kind kind, String key, long revision, String value, @Nullable String previous) {
    @Override
    public String toString() {
      String was = previous == null ? "" : " was \"" + previous + "\"";
      return kind + " " + key + " at " + revision + " \"" + value + "\"" + was;
    }
  }
}
