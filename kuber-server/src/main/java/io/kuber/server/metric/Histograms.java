package io.kuber.server.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;

/** How often values fell below each of some bounds. For any thread. */
final class Histograms implements Family {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final double[] bounds;
  private final Series<Buckets> series;

  Histograms(String name, String help, List<String> labels, double... bounds) {
    this.name = name;
    this.help = help;
    this.labels = labels;
    this.bounds = bounds.clone();
    this.series = new Series<>(labels.size(), () -> new Buckets(bounds.length + 1));
  }

  void observe(double value, List<String> values) {
    observe(value, series.at(values));
  }

  /** Takes the values of one series, for those who measure often. */
  DoubleConsumer at(List<String> values) {
    Buckets buckets = series.at(values);
    return value -> observe(value, buckets);
  }

  private void observe(double value, Buckets buckets) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    buckets.counts[bucket].increment();
    buckets.sum.add(value);
  }

  @Override
  public void print(Exposition to) {
    to.family(name, "histogram", help);
    series.forEach((values, buckets) -> print(to, values, buckets));
  }

  private void print(Exposition to, List<String> values, Buckets buckets) {
    List<String> withBound = with(labels, "le");
    long below = 0;
    for (int i = 0; i < buckets.counts.length; i++) {
      below += buckets.counts[i].sum();
      String bound = i < bounds.length ? Exposition.number(bounds[i]) : "+Inf";
      to.sample(name + "_bucket", withBound, with(values, bound), (double) below);
    }
    to.sample(name + "_sum", labels, values, buckets.sum.sum());
    to.sample(name + "_count", labels, values, (double) below);
  }

  private static List<String> with(List<String> texts, String last) {
    List<String> all = new ArrayList<>(texts);
    all.add(last);
    return all;
  }

  private static final class Buckets {
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    Buckets(int size) {
      counts = new LongAdder[size];
      for (int i = 0; i < size; i++) {
        counts[i] = new LongAdder();
      }
    }
  }
}
