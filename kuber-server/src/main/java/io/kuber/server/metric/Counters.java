package io.kuber.server.metric;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Numbers that only grow, or ({@code gauge}) come and go. For any thread. */
final class Counters implements Family {
  private final String name;
  private final String type;
  private final String help;
  private final List<String> labels;
  private final Series<LongAdder> series;

  private Counters(String name, String type, String help, List<String> labels) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.labels = labels;
    this.series = new Series<>(labels.size(), LongAdder::new);
  }

  static Counters counter(String name, String help, List<String> labels) {
    return new Counters(name, "counter", help, labels);
  }

  static Counters gauge(String name, String help, List<String> labels) {
    return new Counters(name, "gauge", help, labels);
  }

  /** The sum of one series, for those who count often. */
  LongAdder at(List<String> values) {
    return series.at(values);
  }

  void add(long number, List<String> values) {
    series.at(values).add(number);
  }

  @Override
  public void print(Exposition to) {
    to.family(name, type, help);
    series.forEach((values, sum) -> to.sample(name, labels, values, (double) sum.sum()));
  }
}
