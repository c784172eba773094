package io.kuber.fairness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Between what and what the seats of a level may be.
 *
 * @param nominal by its share
 * @param lower what is left to it when others have borrowed all that they may
 * @param upper what it has when it has borrowed all that it may
 */
public record SeatLimits(int nominal, int lower, int upper) {
  /**
   * The limits of each level, by name.
   *
   * @param total seats of the server
   */
  public static Map<String, SeatLimits> of(int total, List<Level> levels) {
    long shares = Math.max(1, levels.stream().mapToLong(Level::shares).sum());
    Map<String, SeatLimits> limits = new LinkedHashMap<>();
    for (Level level : levels) {
      int nominal = (int) ((total * level.shares() + shares - 1) / shares);
      int lendable = percent(nominal, level.lendablePercent());
      int upper =
          level.borrowingPercent() < 0
              ? Math.max(nominal, total)
              : Math.min(
                  Math.max(nominal, total), nominal + percent(nominal, level.borrowingPercent()));
      limits.put(level.name(), new SeatLimits(nominal, nominal - lendable, upper));
    }
    return limits;
  }

  private static int percent(int seats, long percent) {
    return (int) Math.min(Integer.MAX_VALUE / 2, Math.round(seats * percent / 100.0));
  }
}
