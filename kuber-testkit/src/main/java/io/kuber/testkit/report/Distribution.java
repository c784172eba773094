package io.kuber.testkit.report;

import io.kuber.testkit.report.Units.Unit;

/**
 * How many pods took how long, with median, 90 % and 99 %. Pure.
 *
 * @param label for those who do not see the picture
 * @param latency what is shown; of one pod at least
 */
record Distribution(String label, Latency latency) {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 270;
  private static final int LEFT = TimePlot.LEFT;
  private static final int RIGHT = TimePlot.RIGHT;
  private static final int TOP = 70;
  private static final int BOTTOM = HEIGHT - 30;
  private static final int BARS = 64;
  private static final int TICKS = 10;

  /** The names of percentiles stand below each other, since the places are often close. */
  private static final int ROW_OF_NAMES = 15;

  private static final int ROOM = 120;

  String draw() {
    float[] sorted = latency.sorted();
    double most = Math.max(sorted[sorted.length - 1], 1e-3);
    Axis times = Axis.of(Unit.SECONDS, most, LEFT, RIGHT, TICKS);
    int[] bars = bars(sorted, times.high());
    int highest = 0;
    for (int bar : bars) {
      highest = Math.max(highest, bar);
    }
    Axis counts = Axis.of(Unit.COUNT, highest, BOTTOM, TOP, 4);
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    frame(svg, times, counts);
    double width = (RIGHT - LEFT) / (double) BARS;
    for (int i = 0; i < BARS; i++) {
      if (bars[i] > 0) {
        double top = counts.at(bars[i]);
        svg.box(
            "bar s-blue",
            LEFT + i * width + 0.5,
            top,
            width - 1,
            BOTTOM - top,
            tip(bars, i, times));
      }
    }
    percentiles(svg, sorted, times);
    return svg.toString();
  }

  private static String tip(int[] bars, int i, Axis times) {
    double wide = times.high() / BARS;
    return "%s to %s: %s pods"
        .formatted(Units.seconds(i * wide), Units.seconds((i + 1) * wide), Units.count(bars[i]));
  }

  private static int[] bars(float[] sorted, double high) {
    int[] bars = new int[BARS];
    for (float each : sorted) {
      bars[Math.min(BARS - 1, (int) (each / high * BARS))]++;
    }
    return bars;
  }

  private static void frame(Svg svg, Axis times, Axis counts) {
    for (Axis.Tick tick : counts.ticks()) {
      double y = counts.at(tick.value());
      svg.line(tick.value() == 0 ? "base" : "grid", LEFT, y, RIGHT, y);
      svg.text("tick", LEFT - 8, y + 4, "end", tick.label());
    }
    for (Axis.Tick tick : times.ticks()) {
      double x = times.at(tick.value());
      svg.line("base", x, BOTTOM, x, BOTTOM + 5);
      svg.text("tick", x, BOTTOM + 19, "middle", tick.label());
    }
    svg.text("unit", 4, 14, "start", "pods");
  }

  private static void percentiles(Svg svg, float[] sorted, Axis times) {
    double y = TOP - 3 * ROW_OF_NAMES - 4;
    for (double percent : new double[] {50, 90, 99}) {
      double value = Latency.percentile(sorted, percent);
      double x = times.at(value);
      svg.line("rule", x, y - 8, x, BOTTOM);
      String name = percent == 50 ? "median" : Units.count(percent) + " %";
      boolean right = x > RIGHT - ROOM;
      svg.text(
          "note",
          right ? x - 4 : x + 4,
          y + 2,
          right ? "end" : "start",
          name + " " + Units.seconds(value));
      y += ROW_OF_NAMES;
    }
  }
}
