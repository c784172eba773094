package io.kuber.fairness;

import java.util.ArrayList;
import java.util.List;

/**
 * Lends the seats that levels do not need to those that want more (apiserver,
 * pkg/util/flowcontrol/conc_alloc.go): each gets the same fraction of what it wants, as far as its
 * limits allow.
 */
public final class Borrowing {
  /** Halvings of the interval in which the fraction is looked for. */
  private static final int STEPS = 60;

  private Borrowing() {}

  /**
   * What a level wants.
   *
   * @param exempt whether it takes what it wants, so that the rest is for the others
   * @param wanted the most seats that were taken or waited for at a time
   */
  public record Need(SeatLimits limits, boolean exempt, int wanted) {
    /** It keeps of its own seats what it used, and always what is not lent. */
    private int least() {
      int used = exempt ? wanted : Math.min(limits.nominal(), wanted);
      return Math.max(limits.lower(), used);
    }

    private int most() {
      return Math.max(least(), limits.upper());
    }

    private double at(double fraction) {
      double target = Math.max(1, Math.max(least(), wanted));
      return Math.min(most(), Math.max(least(), fraction * target));
    }
  }

  /** The seats of each level, in the order of the needs. */
  public static List<Integer> seats(int total, List<Need> needs) {
    double left = total;
    for (Need need : needs) {
      left -= need.exempt() ? need.least() : 0;
    }
    double low = 0;
    double high = Math.max(1, total);
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (sum(needs, middle) <= left) {
        low = middle;
      } else {
        high = middle;
      }
    }
    List<Integer> seats = new ArrayList<>();
    for (Need need : needs) {
      seats.add(need.exempt() ? need.least() : (int) Math.floor(need.at(low) + 1e-6));
    }
    return seats;
  }

  private static double sum(List<Need> needs, double fraction) {
    double sum = 0;
    for (Need need : needs) {
      sum += need.exempt() ? 0 : need.at(fraction);
    }
    return sum;
  }
}
