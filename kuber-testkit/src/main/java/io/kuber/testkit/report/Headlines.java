package io.kuber.testkit.report;

import io.kuber.api.Latencies;
import io.kuber.testkit.report.Measurements.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The numbers that most people look for, in large letters. Pure. */
final class Headlines {
  private Headlines() {}

  static List<Fact> of(Measurements measured) {
    List<Sample> samples = measured.samples();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("took", Units.seconds(measured.end())));
    facts.add(new Fact("nodes", most(samples, Headlines::nodes)));
    facts.add(new Fact("pods at once", most(samples, sample -> sample.census().all())));
    facts.add(new Fact("pods started", Units.count(measured.started().count())));
    facts.add(new Fact("pod start, median", Units.seconds(measured.started().seconds(50))));
    facts.add(new Fact("pod start, 99 %", Units.seconds(measured.started().seconds(99))));
    facts.add(new Fact("API requests", Units.count(measured.last().requests())));
    Latencies answers = measured.answers();
    if (answers.count() > 0) {
      facts.add(new Fact("API answer, 99 %", Units.seconds(answers.seconds(99))));
    }
    facts.add(new Fact("watch events", Units.count(measured.last().events())));
    double live = samples.stream().mapToLong(sample -> sample.memory().live()).max().orElse(0);
    facts.add(new Fact("live memory", Units.bytes(live)));
    return facts;
  }

  private static int nodes(Sample sample) {
    return sample.census().nodes();
  }

  private static String most(List<Sample> samples, ToIntFunction<Sample> number) {
    return Units.count(samples.stream().mapToInt(number).max().orElse(0));
  }
}
