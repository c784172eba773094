package io.kuber.admission.match;

import io.kuber.api.Admission;
import io.kuber.api.Admission.Request;
import io.kuber.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets several change what is written, one after the other; those that want it see once more what
 * others have changed behind them (apiserver, pkg/admission/reinvocation.go).
 *
 * @param <T> who may change it
 */
public final class Rounds<T> {
  /**
   * One who may change what is written.
   *
   * @param <T> who
   */
  public interface Changer<T> {
    /** Tells one from all others. */
    String id(T who);

    /** Whether it wants to see what others have changed behind it. */
    boolean isReinvoked(T who);

    /** What it makes of a write. */
    KubeObject change(T who, Request request, Turn turn);
  }

  /**
   * When somebody is asked, as audit logs name it.
   *
   * @param round 0, or 1 for those that see it once more
   * @param index among all of them
   */
  public record Turn(int round, int index) {
    @Override
    public String toString() {
      return "round_" + round + "_index_" + index;
    }
  }

  private final List<T> all;
  private final Changer<T> changer;

  /** Rounds of these, in this order. */
  public Rounds(List<T> all, Changer<T> changer) {
    this.all = List.copyOf(all);
    this.changer = changer;
  }

  /**
   * What becomes of a write after two rounds at most.
   *
   * @param again the links before that look once more at what was changed
   */
  public KubeObject run(Request request, Admission again) {
    Round first = new Round(request, 0);
    KubeObject seen = first.run(who -> true);
    if (!first.changed) {
      return seen;
    }
    Request changed = request.with(seen);
    KubeObject looked = again.admit(changed);
    Set<String> due = looked.equals(seen) ? first.overtaken : first.reinvocable();
    return due.isEmpty()
        ? looked
        : new Round(changed.with(looked), 1).run(who -> due.contains(changer.id(who)));
  }

  /** One more round of those that want one: others have changed something since. */
  public KubeObject again(Request request) {
    return new Round(request, 1).run(changer::isReinvoked);
  }

  /** One pass over all. */
  private final class Round {
    private final int number;
    private Request request;
    private boolean changed;

    /** Those that want to be asked again if somebody changes something behind them. */
    private final List<String> waiting = new ArrayList<>();

    /** Those behind whom somebody has. */
    private final Set<String> overtaken = new HashSet<>();

    Round(Request request, int number) {
      this.number = number;
      this.request = request;
    }

    Set<String> reinvocable() {
      Set<String> both = new HashSet<>(overtaken);
      both.addAll(waiting);
      return both;
    }

    KubeObject run(Predicate<T> isMeant) {
      for (int i = 0; i < all.size(); i++) {
        if (isMeant.test(all.get(i))) {
          ask(all.get(i), new Turn(number, i));
        }
      }
      return request.object();
    }

    private void ask(T who, Turn turn) {
      KubeObject before = request.object();
      KubeObject after = changer.change(who, request, turn);
      if (!after.equals(before)) {
        changed = true;
        overtaken.addAll(waiting);
        waiting.clear();
        request = request.with(after);
      }
      if (changer.isReinvoked(who)) {
        waiting.add(changer.id(who));
      }
    }
  }
}
