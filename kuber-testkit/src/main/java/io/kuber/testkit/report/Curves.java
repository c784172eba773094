package io.kuber.testkit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The series that are drawn, made of what was seen. Pure. */
final class Curves {
  /** Points of a curve at most: the page is about as many pixels wide. */
  private static final int MAX_POINTS = 300;

  /** Classes of the latencies over time, where there are enough pods. */
  private static final int CLASSES = 60;

  private static final Map<Phase, String> LOOKS =
      Map.of(
          Phase.RUNNING, "s-blue",
          Phase.STARTING, "s-sky",
          Phase.PENDING, "s-orange",
          Phase.UNREADY, "s-purple",
          Phase.SUCCEEDED, "s-green",
          Phase.FAILED, "s-red");

  private static final List<Phase> ORDER =
      List.of(
          Phase.SUCCEEDED,
          Phase.RUNNING,
          Phase.STARTING,
          Phase.PENDING,
          Phase.UNREADY,
          Phase.FAILED);

  private final List<Sample> samples;

  Curves(Measurements measured) {
    List<Sample> all = measured.samples();
    int step = Math.max(1, all.size() / MAX_POINTS);
    samples = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      samples.add(all.get(i));
    }
    if ((all.size() - 1) % step != 0) {
      samples.add(measured.last());
    }
  }

  private double[] times() {
    return samples.stream().mapToDouble(Sample::at).toArray();
  }

  /** A value of each sample. */
  Series of(String name, String look, ToDoubleFunction<Sample> value) {
    return new Series(name, look, times(), samples.stream().mapToDouble(value).toArray());
  }

  /** How fast a sum grows, each second. */
  Series rate(String name, String look, ToDoubleFunction<Sample> sum) {
    double[] at = times();
    double[] rates = new double[at.length];
    for (int i = 1; i < at.length; i++) {
      double more = sum.applyAsDouble(samples.get(i)) - sum.applyAsDouble(samples.get(i - 1));
      rates[i] = more / Math.max(1e-3, at[i] - at[i - 1]);
    }
    return new Series(name, look, at, rates);
  }

  /** The phases in which there ever was a pod, from the bottom up. */
  List<Series> phases() {
    List<Series> phases = new ArrayList<>();
    for (Phase phase : ORDER) {
      Series series =
          of(
              phase.toString(),
              LOOKS.getOrDefault(phase, "s-blue"),
              sample -> sample.census().in(phase));
      if (series.most() > 0) {
        phases.add(series);
      }
    }
    return phases;
  }

  /** Percentiles of a latency over the time at which pods came to it. */
  static List<Series> percentiles(Latency latency, double end) {
    float[][] classes = latency.classes(CLASSES, end);
    return List.of(
        percentile("99 %", "s-p99", classes, 99, end),
        percentile("90 %", "s-p90", classes, 90, end),
        percentile("median", "s-p50", classes, 50, end));
  }

  private static Series percentile(
      String name, String look, float[][] classes, double percent, double end) {
    double[] at = new double[classes.length];
    double[] values = new double[classes.length];
    for (int i = 0; i < classes.length; i++) {
      at[i] = (i + 0.5) * end / classes.length;
      values[i] = classes[i].length == 0 ? Double.NaN : Latency.percentile(classes[i], percent);
    }
    return new Series(name, look, at, values);
  }
}
