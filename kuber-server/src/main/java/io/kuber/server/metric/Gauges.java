package io.kuber.server.metric;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers that are set. For any thread. */
final class Gauges implements Family {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Series<AtomicLong> series;

  Gauges(String name, String help, List<String> labels) {
    this.name = name;
    this.help = help;
    this.labels = labels;
    this.series = new Series<>(labels.size(), AtomicLong::new);
  }

  void set(List<String> values, long number) {
    series.at(values).set(number);
  }

  @Override
  public void print(Exposition to) {
    to.family(name, "gauge", help);
    series.forEach((values, number) -> to.sample(name, labels, values, (double) number.get()));
  }
}
