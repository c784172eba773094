package io.kuber.testkit.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of the calls on one key that keeps to real time and explains every answer
 * (Wing and Gong 1993, with Lowe's memory of places where the search has been already).
 */
final class Search {
  /** What a search finds out. */
  enum Result {
    EXPLAINED,
    NO_EXPLANATION,
    GAVE_UP
  }

  private final List<Call> known = new ArrayList<>();
  private final List<Call> unknown = new ArrayList<>();
  private final KeyState initial;
  private final int maxPlaces;
  private final Set<Place> seen = new HashSet<>();

  private Search(List<Call> calls, KeyState initial, int maxPlaces) {
    this.initial = initial;
    this.maxPlaces = maxPlaces;
    for (Call call : calls) {
      if (!call.isUnknown() && !(call.answer() instanceof Answer.Failed)) {
        known.add(call);
      } else if (call.isUnknown() && call.isWrite()) {
        unknown.add(call);
      }
    }
    known.sort(Comparator.comparingLong(Call::start));
  }

  /** Searches an explanation that begins at a state; remembers at most so many places. */
  static Result run(List<Call> calls, KeyState initial, int maxPlaces) {
    return new Search(calls, initial, maxPlaces).run();
  }

  private Result run() {
    Deque<Iterator<Place>> path = new ArrayDeque<>();
    Place start = Place.begin(initial);
    if (isEnd(start)) {
      return Result.EXPLAINED;
    }
    path.push(next(start).iterator());
    while (!path.isEmpty()) {
      if (!path.peek().hasNext()) {
        path.pop();
        continue;
      }
      Place place = path.peek().next();
      if (isEnd(place)) {
        return Result.EXPLAINED;
      }
      if (seen.add(place)) {
        if (seen.size() > maxPlaces) {
          return Result.GAVE_UP;
        }
        path.push(next(place).iterator());
      }
    }
    return Result.NO_EXPLANATION;
  }

  private boolean isEnd(Place place) {
    return place.low() == known.size();
  }

  /** Where the search can go on: any call may be next that began before all others ended. */
  private List<Place> next(Place place) {
    List<Place> places = new ArrayList<>();
    long horizon = horizon(place);
    for (int i = place.low(); i < known.size() && known.get(i).start() <= horizon; i++) {
      KeyState after = place.has(i) ? null : place.state().after(known.get(i));
      if (after == null) {
        continue;
      }
      if (after.equals(place.state())) {
        // It changes nothing, so that its turn can as well be now.
        return List.of(place.with(i, after));
      }
      places.add(place.with(i, after));
    }
    for (int i = 0; i < unknown.size(); i++) {
      KeyState after = unknownAfter(place, i, horizon);
      if (after != null) {
        places.add(place.withUnknown(i, after));
      }
    }
    return places;
  }

  private @Nullable KeyState unknownAfter(Place place, int call, long horizon) {
    boolean mayBeNext = !place.hasUnknown(call) && unknown.get(call).start() <= horizon;
    return mayBeNext ? place.state().after(unknown.get(call)) : null;
  }

  /** When the first of the calls ends that are not in the order yet. */
  private long horizon(Place place) {
    long horizon = Call.NEVER;
    for (int i = place.low(); i < known.size() && known.get(i).start() <= horizon; i++) {
      if (!place.has(i)) {
        horizon = Math.min(horizon, known.get(i).end());
      }
    }
    return horizon;
  }
}
