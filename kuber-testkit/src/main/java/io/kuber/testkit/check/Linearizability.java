package io.kuber.testkit.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is a history of calls linearizable: did every call take effect at one moment between its start
 * and its end? Keys are independent of one another, so each is judged by itself, as a register with
 * compare-and-set whose revisions only grow.
 *
 * <p>A call with an unknown answer may take effect at any time after its start, or never. What a
 * search remembers is bounded; where the bound is not enough the verdict says so.
 */
public final class Linearizability {
  /** Places that the search for one key remembers; some hundred bytes each. */
  public static final int DEFAULT_PLACES = 400_000;

  private Linearizability() {}

  /** Judges a history of keys that are absent at its beginning. */
  public static Verdict check(List<Call> calls) {
    return check(calls, DEFAULT_PLACES);
  }

  /** The same with another bound for what is remembered per key. */
  public static Verdict check(List<Call> calls, int maxPlaces) {
    Verdict.GaveUp gaveUp = null;
    for (Map.Entry<String, List<Call>> one : byKey(calls).entrySet()) {
      Search.Result result = Search.run(one.getValue(), KeyState.ABSENT, maxPlaces);
      if (result == Search.Result.NO_EXPLANATION) {
        return new Smallest(maxPlaces).of(one.getKey(), one.getValue());
      }
      if (result == Search.Result.GAVE_UP && gaveUp == null) {
        gaveUp = new Verdict.GaveUp(one.getKey(), maxPlaces);
      }
    }
    return gaveUp == null ? new Verdict.Accepted() : gaveUp;
  }

  private static Map<String, List<Call>> byKey(List<Call> calls) {
    Map<String, List<Call>> keys = new TreeMap<>();
    for (Call call : calls) {
      keys.computeIfAbsent(call.request().key(), key -> new ArrayList<>()).add(call);
    }
    return keys;
  }
}
