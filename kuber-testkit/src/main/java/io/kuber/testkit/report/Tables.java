package io.kuber.testkit.report;

import io.kuber.api.Latencies;
import io.kuber.resource.Verb;
import io.kuber.testkit.report.Measurements.Fact;
import java.util.ArrayList;
import java.util.List;

/** The numbers of a report, as tables of HTML. Pure. */
final class Tables {
  private Tables() {}

  /** A table whose cells are texts; all columns but the first {@code words} hold numbers. */
  private static String table(int words, List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
    for (int i = 0; i < head.size(); i++) {
      html.append(cell("th", i >= words, head.get(i)));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(cell("td", i >= words, row.get(i)));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table></div>\n").toString();
  }

  private static String cell(String tag, boolean number, String text) {
    return "<%s%s>%s</%s>".formatted(tag, number ? " class=\"n\"" : "", Svg.safe(text), tag);
  }

  static String steps(List<Mark> marks) {
    List<List<String>> rows = new ArrayList<>();
    for (Mark mark : marks) {
      rows.add(
          List.of(
              Integer.toString(mark.number()),
              (mark.failed() ? "✗ " : "") + mark.text(),
              mark.outcome(),
              Units.seconds(mark.from()),
              Units.seconds(mark.to() - mark.from())));
    }
    return table(3, List.of("", "step", "outcome", "at", "took"), rows);
  }

  static String latencies(Measurements measured) {
    return table(
        1,
        List.of(
            "from the creation of a pod", "pods", "median", "90 %", "99 %", "99.9 %", "longest"),
        List.of(
            latency("to its node", measured.scheduled()),
            latency("until it was ready", measured.started())));
  }

  private static List<String> latency(String name, Latency latency) {
    float[] sorted = latency.sorted();
    List<String> row = new ArrayList<>(List.of(name, Units.count(latency.count())));
    for (double percent : new double[] {50, 90, 99, 99.9, 100}) {
      row.add(Units.seconds(Latency.percentile(sorted, percent)));
    }
    return row;
  }

  static String requests(Measurements measured) {
    List<List<String>> rows = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      Latencies times = measured.requests().getOrDefault(verb, Latencies.NONE);
      if (times.count() > 0) {
        List<String> row = new ArrayList<>(List.of(verb.text(), Units.count(times.count())));
        for (double percent : new double[] {50, 90, 99, 99.9}) {
          row.add(Units.seconds(times.seconds(percent)));
        }
        rows.add(row);
      }
    }
    return table(1, List.of("verb", "requests", "median", "90 %", "99 %", "99.9 %"), rows);
  }

  static String facts(List<Fact> facts) {
    return table(
        2,
        List.of("", ""),
        facts.stream().map(fact -> List.of(fact.name(), fact.value())).toList());
  }
}
