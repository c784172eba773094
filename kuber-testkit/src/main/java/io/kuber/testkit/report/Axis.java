package io.kuber.testkit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places on the page, and the values at which something is written. Pure.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}
 * @param from a place on the page
 * @param to another, perhaps smaller
 * @param logarithmic whether equal factors are equally long
 * @param ticks where something is written
 */
record Axis(
    double low, double high, double from, double to, boolean logarithmic, List<Tick> ticks) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};
  private static final double[] TIMES = {
    0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200,
    86_400, 604_800
  };
  private static final double STEP_OF_BYTES = 1024;
  private static final double[] BINARY_STEPS = {1, 2, 5, 10, 20, 50, 100, 200, 500};

  /** A value with what is written there. */
  record Tick(double value, String label) {}

  /** From zero to a round value that is not below {@code most}. */
  static Axis of(Units.Unit unit, double most, double from, double to, int wanted) {
    double top = most > 0 ? most : 1;
    double step = unit == Units.Unit.BYTES ? binaryStep(top / wanted) : step(top / wanted);
    if (unit == Units.Unit.COUNT) {
      step = Math.max(1, step);
    }
    List<Tick> ticks = new ArrayList<>();
    int last = (int) Math.ceil(top / step - 1e-9);
    for (int i = 0; i <= last; i++) {
      ticks.add(new Tick(i * step, i == 0 ? "0" : unit.text(i * step)));
    }
    return new Axis(0, last * step, from, to, false, ticks);
  }

  private static double step(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double each : STEPS) {
      if (each * power >= least * (1 - 1e-9)) {
        return each * power;
      }
    }
    return 10 * power;
  }

  private static double binaryStep(double least) {
    double unit = Math.pow(STEP_OF_BYTES, Math.floor(Math.log(least) / Math.log(STEP_OF_BYTES)));
    for (double each : BINARY_STEPS) {
      if (each * unit >= least * (1 - 1e-9)) {
        return each * unit;
      }
    }
    return STEP_OF_BYTES * unit;
  }

  /** Time from zero to {@code end}, with as many ticks as there is room for. */
  static Axis ofTime(double end, double from, double to, int wanted) {
    double step = TIMES[TIMES.length - 1];
    for (int i = TIMES.length - 1; i >= 0 && end / TIMES[i] <= wanted; i--) {
      step = TIMES[i];
    }
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end; i++) {
      double value = i * step;
      ticks.add(new Tick(value, end < 120 ? Units.seconds(value) : Units.clock(value)));
    }
    return new Axis(0, end, from, to, false, ticks);
  }

  /** Times by powers of ten that hold all between the two. */
  static Axis ofPowers(double least, double most, double from, double to) {
    int first = (int) Math.floor(Math.log10(Math.max(least, 1e-6)) + 1e-9);
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(Math.max(most, 1e-6)) - 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      double value = Math.pow(10, power);
      ticks.add(new Tick(value, Units.seconds(value)));
    }
    return new Axis(Math.pow(10, first), Math.pow(10, last), from, to, true, ticks);
  }

  /** The place of a value; of one beyond the ends, the end. */
  double at(double value) {
    double held = Math.max(low, Math.min(high, value));
    double share =
        logarithmic
            ? Math.log(held / low) / Math.log(high / low)
            : high == low ? 0 : (held - low) / (high - low);
    return from + share * (to - from);
  }
}
