package io.kuber.testkit.report;

import io.kuber.testkit.report.Units.Unit;
import java.util.List;

/**
 * Curves over time, with the steps of the scenario as marks. Pure.
 *
 * @param label for those who do not see the picture
 * @param what the values are, such as {@code pods per second}
 * @param unit how values are written
 * @param series the curves; where they are stacked, from the bottom up
 * @param stacked whether each stands on the one before
 * @param marks drawn as thin lines, with their numbers
 * @param end the last moment, in seconds
 */
record TimePlot(
    String label,
    String what,
    Unit unit,
    List<Series> series,
    boolean stacked,
    List<Mark> marks,
    double end) {
  static final int WIDTH = 1000;
  static final int LEFT = 74;
  static final int RIGHT = WIDTH - 16;
  private static final int HEIGHT = 270;
  private static final int TOP = 46;
  private static final int BOTTOM = HEIGHT - 30;
  private static final int TIME_TICKS = 12;
  private static final int VALUE_TICKS = 5;

  /** Numbers of marks that would stand on each other are left out. */
  private static final int ROOM = 18;

  static Axis time(double end) {
    return Axis.ofTime(end, LEFT, RIGHT, TIME_TICKS);
  }

  String draw() {
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    Axis time = time(end);
    Axis values = Axis.of(unit, most(), BOTTOM, TOP, VALUE_TICKS);
    frame(svg, time, values);
    if (stacked) {
      areas(svg, time, values);
    } else {
      series.forEach(each -> svg.path("line " + each.look(), line(each, time, values)));
    }
    legend(svg);
    return svg.toString();
  }

  private double most() {
    if (!stacked) {
      return series.stream().mapToDouble(Series::most).max().orElse(0);
    }
    double most = 0;
    for (int i = 0; i < series.get(0).values().length; i++) {
      most = Math.max(most, sum(series.size(), i));
    }
    return most;
  }

  /** What the first so many series come to at a point. */
  private double sum(int first, int point) {
    double sum = 0;
    for (Series each : series.subList(0, first)) {
      sum += each.values()[point];
    }
    return sum;
  }

  private void frame(Svg svg, Axis time, Axis values) {
    for (Axis.Tick tick : values.ticks()) {
      double y = values.at(tick.value());
      svg.line(tick.value() == 0 ? "base" : "grid", LEFT, y, RIGHT, y);
      svg.text("tick", LEFT - 8, y + 4, "end", tick.label());
    }
    for (Axis.Tick tick : time.ticks()) {
      double x = time.at(tick.value());
      svg.line("base", x, BOTTOM, x, BOTTOM + 5);
      svg.text("tick", x, BOTTOM + 19, "middle", tick.label());
    }
    marks(svg, time);
    svg.text("unit", 4, 14, "start", what);
  }

  private void marks(Svg svg, Axis time) {
    double free = 0;
    for (Mark mark : marks) {
      double x = time.at(mark.from());
      svg.line(mark.failed() ? "mark bad" : "mark", x, TOP - 6, x, BOTTOM);
      if (x >= free) {
        svg.text("number", x, TOP - 11, "middle", Integer.toString(mark.number()));
        free = x + ROOM;
      }
    }
  }

  private void areas(Svg svg, Axis time, Axis values) {
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      Svg.Line line = new Svg.Line();
      for (int point = 0; point < each.at().length; point++) {
        line.to(time.at(each.at()[point]), values.at(sum(i + 1, point)));
      }
      for (int point = each.at().length - 1; point >= 0; point--) {
        line.to(time.at(each.at()[point]), values.at(sum(i, point)));
      }
      svg.path("area " + each.look(), line.close());
    }
  }

  private static Svg.Line line(Series series, Axis time, Axis values) {
    Svg.Line line = new Svg.Line();
    for (int i = 0; i < series.at().length; i++) {
      double value = series.values()[i];
      if (Double.isNaN(value)) {
        line.lift();
      } else {
        // Twice, so that a point with neighbours on neither side is seen as a dot.
        line.to(time.at(series.at()[i]), values.at(value));
        line.to(time.at(series.at()[i]), values.at(value));
      }
    }
    return line;
  }

  /** At the right, in the order in which the curves lie above each other. */
  private void legend(Svg svg) {
    double x = RIGHT;
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      x -= Texts.width(each.name());
      svg.text("legend", x, 14, "start", each.name());
      x -= 24;
      if (stacked) {
        svg.box("area " + each.look(), x + 4, 5, 14, 10, "");
      } else {
        svg.line("line " + each.look(), x, 10, x + 18, 10);
      }
      x -= 16;
    }
  }
}
