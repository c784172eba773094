package io.kuber.testkit.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What really happened: all changes from the first on, put together from those who applied them.
 *
 * <p>Belongs to one thread while it is filled.
 */
public final class ChangeLog {
  private final NavigableMap<Long, Change> changes = new TreeMap<>();
  private final Map<Long, String> sources = new HashMap<>();
  private final List<String> contradictions = new ArrayList<>();
  private @Nullable Map<Long, Change> before;

  /** Adds a change that {@code source} has applied; others may have told of it before. */
  public void add(String source, Change change) {
    Change other = changes.putIfAbsent(change.revision(), change);
    if (other == null) {
      sources.put(change.revision(), source);
      before = null;
    } else if (!other.equals(change)) {
      contradictions.add(
          "%s applied %s, but %s applied %s"
              .formatted(sources.get(change.revision()), other, source, change));
    }
  }

  /** All changes in order. */
  public Collection<Change> changes() {
    return changes.values();
  }

  /** The changes behind one revision up to another one. */
  Collection<Change> between(long after, long upTo) {
    return upTo <= after ? List.of() : changes.subMap(after, false, upTo, true).values();
  }

  /** The change that made a revision, or null when nobody told of one. */
  @Nullable Change at(long revision) {
    return changes.get(revision);
  }

  /** What the key of a change was before it, or null when it did not exist. */
  @Nullable Change before(Change change) {
    Map<Long, Change> known = before;
    if (known == null) {
      known = befores();
      before = known;
    }
    return known.get(change.revision());
  }

  private Map<Long, Change> befores() {
    Map<Long, Change> all = new HashMap<>();
    Map<String, Change> live = new HashMap<>();
    for (Change change : changes.values()) {
      Change last = change.deleted() ? live.remove(change.key()) : live.put(change.key(), change);
      if (last != null) {
        all.put(change.revision(), last);
      }
    }
    return all;
  }

  /**
   * Where replicas differ, and where revisions are missing; one line each, empty when all is well.
   */
  public List<String> check() {
    List<String> wrong = new ArrayList<>(contradictions);
    long expected = 1;
    for (Change change : changes.values()) {
      if (change.revision() != expected) {
        wrong.add("nobody applied %d to %d".formatted(expected, change.revision() - 1));
      }
      expected = change.revision() + 1;
    }
    return wrong;
  }

  /**
   * Holds the answers of writes against what happened: writes that were acknowledged and are not
   * there, writes that took effect twice or that nobody asked for, and some that took effect though
   * the answer denied it. Needs values that are written once only.
   */
  public List<String> check(List<Call> calls) {
    List<String> wrong = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    Set<String> denied = new HashSet<>();
    for (Call call : calls) {
      Change change = call.made() == Answer.UNTOLD ? null : at(call.made());
      if (call.made() != Answer.UNTOLD && (change == null || !fits(call.request(), change))) {
        wrong.add("acknowledged, but lost: " + call + "; there is " + change);
      }
      if (call.request() instanceof Request.Put put) {
        boolean unwritten =
            call.answer() instanceof Answer.Refused || call.answer() instanceof Answer.Failed;
        (unwritten ? denied : asked).add(put.key() + " " + put.value());
      }
    }
    denied.removeAll(asked);
    Set<String> written = new HashSet<>();
    for (Change change : changes.values()) {
      String what = change.key() + " " + change.value();
      if (change.deleted()) {
        continue;
      }
      if (denied.contains(what)) {
        wrong.add("took effect, but the answer denied it: " + change);
      } else if (!asked.contains(what)) {
        wrong.add("nobody asked for " + change);
      } else if (!written.add(what)) {
        wrong.add("took effect twice: " + change);
      }
    }
    return wrong;
  }

  private static boolean fits(Request request, Change change) {
    return request.key().equals(change.key())
        && (request instanceof Request.Put put
            ? !change.deleted() && put.value().equals(change.value())
            : change.deleted());
  }
}
