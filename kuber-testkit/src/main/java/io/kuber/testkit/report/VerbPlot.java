package io.kuber.testkit.report;

import io.kuber.api.Latencies;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.Map;

/**
 * The time to an answer by verb, from median to 99 %, where equal factors are equally long. Pure.
 *
 * @param requests by verb; those without any are left out
 */
record VerbPlot(Map<Verb, Latencies> requests) {
  private static final int WIDTH = 1000;
  private static final int ROW = 34;
  private static final int TOP = 40;
  private static final int LEFT = 190;
  private static final int RIGHT = TimePlot.RIGHT - 24;

  String draw() {
    List<Verb> verbs =
        List.of(Verb.values()).stream()
            .filter(verb -> requests.getOrDefault(verb, Latencies.NONE).count() > 0)
            .toList();
    int bottom = TOP + verbs.size() * ROW;
    Svg svg = new Svg(WIDTH, bottom + 30, "Time to the answer, by verb");
    Axis axis = axis(verbs);
    for (Axis.Tick tick : axis.ticks()) {
      double x = axis.at(tick.value());
      svg.line("grid", x, TOP - 6, x, bottom);
      svg.text("tick", x, bottom + 19, "middle", tick.label());
    }
    svg.line("base", LEFT, bottom, RIGHT, bottom);
    svg.text("unit", 4, 14, "start", "time to the answer");
    legend(svg);
    for (int i = 0; i < verbs.size(); i++) {
      row(svg, axis, verbs.get(i), TOP + i * ROW + ROW / 2.0);
    }
    return svg.toString();
  }

  private Latencies of(Verb verb) {
    return requests.getOrDefault(verb, Latencies.NONE);
  }

  private Axis axis(List<Verb> verbs) {
    double least = verbs.stream().mapToDouble(verb -> of(verb).seconds(50)).min().orElse(1e-3);
    double most = verbs.stream().mapToDouble(verb -> of(verb).seconds(99.9)).max().orElse(1);
    return Axis.ofPowers(least, most, LEFT, RIGHT);
  }

  private void row(Svg svg, Axis axis, Verb verb, double y) {
    Latencies times = of(verb);
    double median = axis.at(times.seconds(50));
    double high = axis.at(times.seconds(99));
    double highest = axis.at(times.seconds(99.9));
    String tip =
        "%s: median %s, 90 %% %s, 99 %% %s, 99.9 %% %s"
            .formatted(
                verb.text(),
                Units.seconds(times.seconds(50)),
                Units.seconds(times.seconds(90)),
                Units.seconds(times.seconds(99)),
                Units.seconds(times.seconds(99.9)));
    svg.text("verb", 4, y + 4, "start", verb.text());
    svg.text("tick", LEFT - 14, y + 4, "end", Units.count(times.count()));
    svg.line("line s-p99", high, y, highest, y);
    svg.box("bar s-blue", median, y - 5, high - median, 10, tip);
    svg.dot("dot s-p50", median, y, 5, tip);
    svg.dot("dot s-orange", axis.at(times.seconds(90)), y, 4, tip);
  }

  private static void legend(Svg svg) {
    double x = TimePlot.RIGHT - 330;
    svg.dot("dot s-p50", x, 10, 5, "").text("legend", x + 10, 14, "start", "median");
    svg.dot("dot s-orange", x + 78, 10, 4, "").text("legend", x + 88, 14, "start", "90 %");
    svg.box("bar s-blue", x + 136, 5, 24, 10, "").text("legend", x + 166, 14, "start", "to 99 %");
    svg.line("line s-p99", x + 232, 10, x + 256, 10);
    svg.text("legend", x + 262, 14, "start", "to 99.9 %");
  }
}
