package io.kuber.testkit.check;

import java.util.List;
import java.util.stream.Collectors;

/** What {@link Linearizability} has to say of a history. */
public sealed interface Verdict {
  /** There is an order of all calls that keeps to real time and explains every answer. */
  record Accepted() implements Verdict {}

  /**
   * There is none.
   *
   * @param key the key whose calls have no order
   * @param from the state of the key that the calls start from, in words
   * @param smallest calls that have no order by themselves, as few as were found
   */
  record Refuted(String key, String from, List<Call> smallest) implements Verdict {
    /** The calls, one a line, in the order in which they began. */
    @Override
    public String toString() {
      return smallest.stream()
          .map(Call::toString)
          .collect(
              Collectors.joining(
                  "\n  ",
                  "no order of these calls explains their answers; "
                      + key
                      + " starts as "
                      + from
                      + "\n  ",
                  "\n"));
    }
  }

  /**
   * The search was too large to say.
   *
   * @param key the key whose calls were too many at once
   * @param places how many places of the search were remembered until then
   */
  record GaveUp(String key, int places) implements Verdict {
    @Override
    public String toString() {
      return "gave up on " + key + " after " + places + " places; record fewer calls at once";
    }
  }
}
