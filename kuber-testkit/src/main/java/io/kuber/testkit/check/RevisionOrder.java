package io.kuber.testkit.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Do revisions, which all keys share, grow with time? A call that began after another had ended
 * sees and makes later revisions; no two writes make the same one. Needs no search, and sees across
 * keys what {@link Linearizability} cannot.
 */
public final class RevisionOrder {
  private RevisionOrder() {}

  /** What is wrong, one line each; empty when nothing is. */
  public static List<String> check(List<Call> calls) {
    List<String> wrong = new ArrayList<>(sameRevisionTwice(calls));
    List<Call> byStart = sorted(calls, Comparator.comparingLong(Call::start));
    List<Call> byEnd = sorted(calls, Comparator.comparingLong(Call::end));
    int ended = 0;
    Call newest = null;
    for (Call call : byStart) {
      for (; ended < byEnd.size() && byEnd.get(ended).end() < call.start(); ended++) {
        if (newest == null || point(byEnd.get(ended)) > point(newest)) {
          newest = byEnd.get(ended);
        }
      }
      if (newest != null && isTooOld(call, point(newest))) {
        wrong.add("goes back in time:\n  " + newest + "\n  " + call);
      }
    }
    return wrong;
  }

  private static List<String> sameRevisionTwice(List<Call> calls) {
    List<String> wrong = new ArrayList<>();
    Map<Long, Call> made = new HashMap<>();
    for (Call call : calls) {
      Call other = call.made() == Answer.UNTOLD ? null : made.put(call.made(), call);
      if (other != null) {
        wrong.add("two writes made one revision:\n  " + other + "\n  " + call);
      }
    }
    return wrong;
  }

  private static boolean isTooOld(Call call, long newest) {
    return call.hasWritten() ? point(call) <= newest : point(call) < newest;
  }

  private static List<Call> sorted(List<Call> calls, Comparator<Call> order) {
    return calls.stream().filter(call -> point(call) != Answer.UNTOLD).sorted(order).toList();
  }

  /** The revision of the store that a call was at, as far as it told. */
  private static long point(Call call) {
    return call.answer() instanceof Answer.Read read ? read.image() : call.made();
  }
}
