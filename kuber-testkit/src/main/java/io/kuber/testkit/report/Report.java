package io.kuber.testkit.report;

import io.kuber.testkit.report.Units.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * One page that tells what happened: plots, tables, and what was asked for. It needs no script and
 * nothing of others, and is well-formed XML too. Pure.
 */
public final class Report {
  private final Measurements measured;
  private final Curves curves;
  private final StringBuilder html = new StringBuilder();

  private Report(Measurements measured) {
    this.measured = measured;
    this.curves = new Curves(measured);
  }

  /** The page. */
  public static String html(Measurements measured) {
    return new Report(measured).page();
  }

  private String page() {
    String title = Svg.safe(measured.title());
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .append("<title>")
        .append(title)
        .append("</title>\n")
        .append("<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<header><h1>")
        .append(title)
        .append("</h1></header>\n");
    cards();
    steps();
    pods();
    starts();
    throughput();
    answers();
    memory();
    around();
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream file = Report.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style of reports cannot be read", e);
    }
  }

  private void cards() {
    html.append("<section class=\"cards\">\n");
    for (Measurements.Fact card : Headlines.of(measured)) {
      html.append("<div class=\"card\"><b>")
          .append(Svg.safe(card.value()))
          .append("</b><span>")
          .append(Svg.safe(card.name()))
          .append("</span></div>\n");
    }
    html.append("</section>\n");
  }

  private Report section(String title, String words) {
    html.append("<section>\n<h2>").append(Svg.safe(title)).append("</h2>\n");
    if (!words.isEmpty()) {
      html.append("<p>").append(Svg.safe(words)).append("</p>\n");
    }
    return this;
  }

  private Report with(String part) {
    html.append(part);
    return this;
  }

  private void end() {
    html.append("</section>\n");
  }

  private String plot(String what, Unit unit, boolean stacked, List<Series> series) {
    return new TimePlot(
            what + " over time", what, unit, series, stacked, measured.marks(), measured.end())
        .draw();
  }

  private void steps() {
    if (measured.marks().isEmpty()) {
      return;
    }
    section("Steps", "What was done, and when. The numbers stand above the plots below too.")
        .with(new StepPlot(measured.marks(), measured.end()).draw())
        .with(Tables.steps(measured.marks()))
        .end();
  }

  private void pods() {
    section("Pods and nodes", "");
    List<Series> phases = curves.phases();
    if (!phases.isEmpty()) {
      with(plot("pods by phase", Unit.COUNT, true, phases));
    }
    with(plot(
            "nodes",
            Unit.COUNT,
            false,
            List.of(
                curves.of("known", "s-grey", sample -> sample.census().nodes()),
                curves.of("ready", "s-green", sample -> sample.census().ready()))))
        .end();
  }

  private void starts() {
    Latency started = measured.started();
    if (started.took().length == 0) {
      return;
    }
    section(
            "Pod start latency",
            "From the creation of a pod until it is ready, or has ended: waiting for a node, and"
                + " what the stages of the nodes say.")
        .with(new Distribution("Distribution of the pod start latency", started).draw())
        .with(
            plot(
                "start latency of pods that became ready",
                Unit.SECONDS,
                false,
                Curves.percentiles(started, measured.end())))
        .with(Tables.latencies(measured))
        .end();
  }

  private void throughput() {
    section("Throughput", "Pods that were given a node, and pods that became ready, each second.")
        .with(
            plot(
                "pods per second",
                Unit.COUNT,
                false,
                List.of(
                    curves.rate("ready", "s-green", sample -> sample.census().started()),
                    curves.rate("scheduled", "s-blue", sample -> sample.census().scheduled()))))
        .with(
            plot(
                "per second",
                Unit.COUNT,
                false,
                List.of(
                    curves.rate("watch events", "s-orange", Sample::events),
                    curves.rate("API requests", "s-blue", Sample::requests))))
        .end();
  }

  private void answers() {
    if (measured.requests().isEmpty()) {
      section("API latency", "Requests take no virtual time: run on the real clock to measure it.")
          .end();
      return;
    }
    section(
            "API latency",
            "From a request to its answer, of controllers, scheduler, nodes and the scenario alike;"
                + " of a watch, until it is open.")
        .with(new VerbPlot(measured.requests()).draw())
        .with(
            plot(
                "99 % of answers within",
                Unit.SECONDS,
                false,
                List.of(
                    curves.of("writes", "s-red", Sample::writes),
                    curves.of("gets and lists", "s-blue", Sample::reads))))
        .with(Tables.requests(measured))
        .end();
  }

  private void memory() {
    section(
            "Memory",
            "The heap of the whole process: garbage included, and what was left after the last"
                + " collection, young or whole. There may be "
                + Units.bytes(measured.last().memory().limit())
                + ".")
        .with(
            plot(
                "heap",
                Unit.BYTES,
                false,
                List.of(
                    curves.of("in use", "s-sky", sample -> sample.memory().used()),
                    curves.of("after collection", "s-blue", sample -> sample.memory().live()))))
        .end();
  }

  private void around() {
    section("Run", "").with(Tables.facts(measured.facts())).end();
    if (!measured.source().isEmpty()) {
      section("Scenario", "").with("<pre>" + Svg.safe(measured.source()) + "</pre>\n").end();
    }
  }
}
