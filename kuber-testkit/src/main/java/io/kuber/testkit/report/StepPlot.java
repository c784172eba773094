package io.kuber.testkit.report;

import java.util.List;

/**
 * The steps of the scenario on the axis of time, a row each. Pure.
 *
 * @param marks in order; one at least
 * @param end the last moment, in seconds
 */
record StepPlot(List<Mark> marks, double end) {
  private static final int ROW = 24;
  private static final int TOP = 10;

  /** Behind this place a text stands before its bar, since it would not fit behind it. */
  private static final double MIDDLE = TimePlot.WIDTH * 0.55;

  /** A step that took no time has to be seen too. */
  private static final double LEAST = 3;

  String draw() {
    int bottom = TOP + marks.size() * ROW;
    Svg svg = new Svg(TimePlot.WIDTH, bottom + 30, "The steps of the scenario over time");
    Axis time = TimePlot.time(end);
    for (Axis.Tick tick : time.ticks()) {
      double x = time.at(tick.value());
      svg.line("grid", x, TOP, x, bottom);
      svg.text("tick", x, bottom + 19, "middle", tick.label());
    }
    svg.line("base", TimePlot.LEFT, bottom, TimePlot.RIGHT, bottom);
    for (int i = 0; i < marks.size(); i++) {
      row(svg, time, marks.get(i), TOP + i * ROW + ROW / 2.0);
    }
    return svg.toString();
  }

  private static void row(Svg svg, Axis time, Mark mark, double y) {
    double from = time.at(mark.from());
    double to = Math.max(from + LEAST, time.at(mark.to()));
    String tip = "%s, %s".formatted(mark.text(), Units.seconds(mark.to() - mark.from()));
    svg.text("number", TimePlot.LEFT - 12, y + 4, "end", Integer.toString(mark.number()));
    svg.box(mark.failed() ? "bar s-red" : "bar s-blue", from, y - 6, to - from, 12, tip);
    boolean before = to > MIDDLE && from > MIDDLE / 2 || to > MIDDLE * 1.3 && from > 300;
    if (before) {
      svg.text("note", from - 6, y + 4, "end", mark.text());
    } else if (to > MIDDLE * 1.2) {
      svg.text("note in", from + 8, y + 4, "start", mark.text());
    } else {
      svg.text("note", to + 6, y + 4, "start", mark.text());
    }
  }
}
