package io.kuber.testkit.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a bad history of one key smaller, in steps after each of which it is bad for the same
 * reason: a right history stays right when its end is not heard, when it begins at one of its
 * writes, and when a call is left out that changed nothing.
 */
final class Smallest {
  /** Writes that are tried as beginnings, newest first. */
  private static final int MAX_BEGINNINGS = 200;

  /** Calls that are tried to be left out. */
  private static final int MAX_LEFT_OUT = 500;

  private final int maxPlaces;

  Smallest(int maxPlaces) {
    this.maxPlaces = maxPlaces;
  }

  private record Part(KeyState from, List<Call> calls) {}

  Verdict.Refuted of(String key, List<Call> bad) {
    Part smallest = withoutSilent(later(new Part(KeyState.ABSENT, heardUntil(bad))));
    List<Call> calls = new ArrayList<>(smallest.calls);
    calls.sort(Comparator.comparingLong(Call::start));
    return new Verdict.Refuted(key, smallest.from.toString(), List.copyOf(calls));
  }

  private boolean isBad(KeyState from, List<Call> calls) {
    return Search.run(calls, from, maxPlaces) == Search.Result.NO_EXPLANATION;
  }

  /** The history up to the first answer that makes it bad. */
  private List<Call> heardUntil(List<Call> bad) {
    List<Long> ends =
        bad.stream().filter(call -> !call.isUnknown()).map(Call::end).sorted().toList();
    int good = -1;
    int worst = ends.size() - 1;
    while (worst - good > 1) {
      int middle = (good + worst) >>> 1;
      if (isBad(KeyState.ABSENT, heardUntil(bad, ends.get(middle)))) {
        worst = middle;
      } else {
        good = middle;
      }
    }
    return heardUntil(bad, ends.get(worst));
  }

  private static List<Call> heardUntil(List<Call> calls, long time) {
    List<Call> heard = new ArrayList<>();
    for (Call call : calls) {
      if (call.end() <= time) {
        heard.add(call);
      } else if (call.start() <= time && call.isWrite()) {
        heard.add(call.unheard());
      }
    }
    return heard;
  }

  /** The history from as late a write on as it is still bad. */
  private Part later(Part part) {
    List<Call> writes =
        part.calls.stream()
            .filter(call -> call.made() != Answer.UNTOLD)
            .sorted(Comparator.comparingLong(Call::made).reversed())
            .limit(MAX_BEGINNINGS)
            .toList();
    for (Call write : writes) {
      KeyState from = KeyState.madeBy(write);
      List<Call> rest = behind(write, part.calls);
      if (isBad(from, rest)) {
        return new Part(from, rest);
      }
    }
    return part;
  }

  /** The calls that may stand behind a write in some order, and matter there. */
  private static List<Call> behind(Call write, List<Call> calls) {
    List<Call> behind = new ArrayList<>();
    for (Call call : calls) {
      boolean overlaps = call.end() >= write.start() && call.start() <= write.end();
      if (call.hasWritten() && call.made() == Answer.UNTOLD && overlaps) {
        behind.add(call.unheard());
      } else if (mayFollow(write, call)) {
        behind.add(call);
      }
    }
    return behind;
  }

  private static boolean mayFollow(Call write, Call call) {
    if (call.made() != Answer.UNTOLD) {
      return call.made() > write.made();
    }
    if (call.isUnknown() && call.request() instanceof Request.Write other) {
      return other.expected() <= Request.ABSENT || other.expected() >= write.made();
    }
    return call.start() > write.end();
  }

  /** The history without calls that changed nothing and are not needed to make it bad. */
  private Part withoutSilent(Part part) {
    List<Call> left = new ArrayList<>(part.calls);
    List<Call> silent = part.calls.stream().filter(call -> !mayHaveWritten(call)).toList();
    for (Call call : silent.subList(0, Math.min(silent.size(), MAX_LEFT_OUT))) {
      List<Call> without = left.stream().filter(other -> !other.equals(call)).toList();
      if (isBad(part.from, without)) {
        left = new ArrayList<>(without);
      }
    }
    return new Part(part.from, left);
  }

  private static boolean mayHaveWritten(Call call) {
    return call.hasWritten() || (call.isUnknown() && call.isWrite());
  }
}
