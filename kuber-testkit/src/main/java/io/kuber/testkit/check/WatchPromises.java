package io.kuber.testkit.check;

import io.kuber.testkit.check.WatchSession.Bookmark;
import io.kuber.testkit.check.WatchSession.Event;
import io.kuber.testkit.check.WatchSession.Events;
import io.kuber.testkit.check.WatchSession.Kind;
import io.kuber.testkit.check.WatchSession.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a watch to its {@linkplain WatchPromise promises}, against what really happened.
 *
 * <p>Each promise is judged by itself, so that one fault may break several.
 */
public final class WatchPromises {
  private final ChangeLog truth;
  private final WatchSession session;
  private final List<Broken> broken = new ArrayList<>();

  private WatchPromises(ChangeLog truth, WatchSession session) {
    this.truth = truth;
    this.session = session;
  }

  /**
   * A promise that a watch did not keep.
   *
   * @param how what it showed, and what it should have shown
   */
  public record Broken(WatchPromise promise, String watcher, String how) {
    @Override
    public String toString() {
      return watcher + " breaks " + promise + ": " + how;
    }
  }

  /** The promises that a session broke; empty when it kept all. */
  public static List<Broken> check(ChangeLog truth, WatchSession session) {
    return new WatchPromises(truth, session).check();
  }

  /** The promises that any of the sessions broke. */
  public static List<Broken> check(ChangeLog truth, Collection<WatchSession> sessions) {
    return sessions.stream().flatMap(session -> check(truth, session).stream()).toList();
  }

  private List<Broken> check() {
    ordered();
    unique();
    atomic();
    reliable();
    resumable();
    bookmarkable();
    for (Event event : events(session.responses())) {
      Change change = truth.at(event.revision());
      if (change != null && change.key().equals(event.key())) {
        filtered(event, change);
        shown(event, change);
      }
    }
    return broken;
  }

  private void ordered() {
    long last = 0;
    for (Event event : events(session.responses())) {
      if (event.revision() < last) {
        report(WatchPromise.ORDERED, event + " comes after revision " + last);
      }
      last = event.revision();
    }
  }

  private void unique() {
    Set<Map.Entry<String, Long>> shown = new HashSet<>();
    for (Event event : events(session.responses())) {
      if (!shown.add(Map.entry(event.key(), event.revision()))) {
        report(WatchPromise.UNIQUE, event + " comes twice");
      }
    }
  }

  private void atomic() {
    Map<Long, Integer> places = new HashMap<>();
    for (int i = 0; i < session.responses().size(); i++) {
      for (Event event : events(List.of(session.responses().get(i)))) {
        Integer other = places.put(event.revision(), i);
        if (other != null && other != i) {
          report(WatchPromise.ATOMIC, "two responses have events of " + event.revision());
        }
      }
    }
  }

  /** Between the first and the last event there is all that the filter lets through. */
  private void reliable() {
    List<Event> shown = events(session.responses());
    if (shown.isEmpty()) {
      return;
    }
    Set<Long> revisions = new HashSet<>();
    long last = 0;
    for (Event event : shown) {
      revisions.add(event.revision());
      last = Math.max(last, event.revision());
      happened(event);
    }
    for (Change change : truth.between(shown.get(0).revision(), last)) {
      if (expected(change) != null && !revisions.contains(change.revision())) {
        report(WatchPromise.RELIABLE, "never shows " + change);
      }
    }
  }

  private void happened(Event event) {
    Change change = truth.at(event.revision());
    if (change == null || !change.key().equals(event.key())) {
      report(WatchPromise.RELIABLE, "shows " + event + ", but there was " + change);
    }
  }

  private void resumable() {
    List<Event> shown = events(session.responses());
    if (shown.isEmpty()) {
      return;
    }
    long first = shown.get(0).revision();
    if (first <= session.after()) {
      report(WatchPromise.RESUMABLE, shown.get(0) + " is not behind " + session.after());
    }
    for (Change change : truth.between(session.after(), first - 1)) {
      if (expected(change) != null) {
        report(WatchPromise.RESUMABLE, "begins with " + shown.get(0) + " instead of " + change);
        return;
      }
    }
  }

  private void bookmarkable() {
    long bookmark = session.after();
    Set<Long> shown = new HashSet<>();
    for (Response response : session.responses()) {
      if (response instanceof Bookmark next) {
        for (Change change : truth.between(bookmark, next.revision())) {
          if (expected(change) != null && !shown.contains(change.revision())) {
            report(WatchPromise.BOOKMARKABLE, "bookmark " + next.revision() + " before " + change);
          }
        }
        bookmark = Math.max(bookmark, next.revision());
      }
      for (Event event : events(List.of(response))) {
        shown.add(event.revision());
        if (event.revision() <= bookmark && bookmark > session.after()) {
          report(WatchPromise.BOOKMARKABLE, event + " comes after bookmark " + bookmark);
        }
      }
    }
  }

  private void filtered(Event event, Change change) {
    if (expected(change) == null) {
      report(WatchPromise.FILTER, event + " was not asked for");
    }
  }

  private void shown(Event event, Change change) {
    Change before = truth.before(change);
    Kind kind = expected(change);
    if (kind != null && kind != event.kind()) {
      boolean isCreate = kind == Kind.ADDED || event.kind() == Kind.ADDED;
      report(
          isCreate ? WatchPromise.IS_CREATE : WatchPromise.RELIABLE, event + " should be " + kind);
    }
    boolean showsChange = event.kind() != Kind.DELETED;
    if (showsChange && !event.value().equals(change.value())) {
      report(WatchPromise.RELIABLE, event + " should show \"" + change.value() + "\"");
    }
    String previous = before == null ? null : before.value();
    if (event.previous() != null && !Objects.equals(event.previous(), previous)) {
      report(WatchPromise.PREVIOUS_VALUE, event + ", but the value before was " + before);
    }
  }

  /** How the watch has to show a change; null when it is not to be seen. */
  private @Nullable Kind expected(Change change) {
    Change before = truth.before(change);
    boolean matched = before != null && session.filter().matches(before.key(), before.value());
    boolean matches = !change.deleted() && session.filter().matches(change.key(), change.value());
    if (matches) {
      return matched ? Kind.MODIFIED : Kind.ADDED;
    }
    return matched ? Kind.DELETED : null;
  }

  private static List<Event> events(List<Response> responses) {
    List<Event> events = new ArrayList<>();
    for (Response response : responses) {
      if (response instanceof Events some) {
        events.addAll(some.events());
      }
    }
    return events;
  }

  private void report(WatchPromise promise, String how) {
    broken.add(new Broken(promise, session.watcher(), how));
  }
}
