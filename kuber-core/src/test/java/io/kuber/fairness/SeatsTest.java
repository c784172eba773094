package io.kuber.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.fairness.Borrowing.Need;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many seats levels have by their shares, and how they lend them. */
final class SeatsTest {
  private static final int TOTAL = 600;

  private static List<Level> levels() {
    return InitialFlows.levels().stream().map(Level::of).toList();
  }

  private static Map<String, SeatLimits> limits() {
    return SeatLimits.of(TOTAL, levels());
  }

  /** The figures are those that a kube-apiserver with its standard flags reports. */
  @ParameterizedTest
  @CsvSource({
    "exempt,            0,   0",
    "catch-all,        13,  13",
    "system,           74,  50",
    "node-high,        98,  73",
    "leader-election,  25,  25",
    "workload-high,    98,  49",
    "workload-low,    245,  24",
    "global-default,   49,  24",
  })
  void dividesTheSeatsByShares(String level, int nominal, int lower) {
    assertThat(limits()).containsEntry(level, new SeatLimits(nominal, lower, TOTAL));
  }

  @Test
  void limitsWhatALevelMayBorrow() {
    Level poor = new Level("poor", "", false, 1, 0, 50, Level.Queues.NONE);
    Level rich = new Level("rich", "", false, 3, 100, 0, Level.Queues.NONE);
    assertThat(SeatLimits.of(100, List.of(poor, rich)))
        .containsEntry("poor", new SeatLimits(25, 25, 38))
        .containsEntry("rich", new SeatLimits(75, 0, 75));
  }

  /** What each level gets while {@code greedy} wants a thousand seats and the others nothing. */
  private static Map<String, Integer> lent(String greedy) {
    List<Need> needs = new ArrayList<>();
    for (Level level : levels()) {
      SeatLimits own = limits().getOrDefault(level.name(), new SeatLimits(0, 0, 0));
      needs.add(new Need(own, level.exempt(), level.name().equals(greedy) ? 1000 : 0));
    }
    List<Integer> seats = Borrowing.seats(TOTAL, needs);
    Map<String, Integer> byName = new LinkedHashMap<>();
    for (int i = 0; i < seats.size(); i++) {
      byName.put(levels().get(i).name(), seats.get(i));
    }
    return byName;
  }

  @Test
  void lendsToOneThatWantsAllWhatTheOthersMayLend() {
    Map<String, Integer> seats = lent("global-default");
    limits()
        .forEach(
            (name, limits) ->
                assertThat(seats.get(name)).as(name).isGreaterThanOrEqualTo(limits.lower()));
    assertThat(seats.get("global-default")).isGreaterThan(250);
    assertThat(seats.values().stream().mapToInt(each -> each).sum()).isLessThanOrEqualTo(TOTAL);
  }

  @Test
  void leavesALevelTheSeatsOfItsOwnThatItUses() {
    SeatLimits half = new SeatLimits(50, 0, 100);
    List<Integer> seats =
        Borrowing.seats(100, List.of(new Need(half, false, 40), new Need(half, false, 1000)));
    assertThat(seats.get(0)).isGreaterThanOrEqualTo(40);
    assertThat(seats.get(1)).isBetween(50, 60);
  }

  @Test
  void takesWhatTheExemptUseFromAllOthers() {
    SeatLimits all = new SeatLimits(100, 0, 100);
    List<Integer> seats =
        Borrowing.seats(
            100,
            List.of(new Need(new SeatLimits(0, 0, 100), true, 30), new Need(all, false, 1000)));
    assertThat(seats.get(0)).isEqualTo(30);
    assertThat(seats.get(1)).isEqualTo(100);
  }

  @ParameterizedTest(name = "{0} objects in a level of {1}: {2} seats")
  @CsvSource({
    "0, 100, 1",
    "100, 100, 1",
    "101, 100, 2",
    "5000, 100, 10",
    "5000, 20, 3",
    "5000, 0, 1"
  })
  void makesARequestThatLooksAtManyObjectsWider(long objects, int nominal, int seats) {
    assertThat(Width.of(objects, nominal)).isEqualTo(seats);
  }
}
