package io.kuber.kuard;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts requests by method, route and status, for Prometheus. The route is the pattern, not the
 * path, so that the number of series is bounded by the list of routes. The monitor guards it.
 */
final class Metrics {
  private static final double[] BOUNDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

  private static final class Series {
    private final long[] upTo = new long[BOUNDS.length];
    private long count;
    private double sum;

    void add(double seconds) {
      for (int i = 0; i < BOUNDS.length; i++) {
        upTo[i] += seconds <= BOUNDS[i] ? 1 : 0;
      }
      count++;
      sum += seconds;
    }
  }

  private final Map<String, Series> series = new TreeMap<>();
  private long requests;

  synchronized void count(String method, String route, int status, long nanos) {
    String labels =
        "method=\"" + method + "\",route=\"" + route + "\",status_code=\"" + status + "\"";
    series.computeIfAbsent(labels, absent -> new Series()).add(nanos / 1e9);
    requests++;
  }

  synchronized long requests() {
    return requests;
  }

  /** The text format of Prometheus, version 0.0.4. */
  synchronized Reply page(Call call) {
    String name = "request_duration_seconds";
    StringBuilder out = new StringBuilder();
    out.append("# HELP ").append(name).append(" Time serving HTTP request\n");
    out.append("# TYPE ").append(name).append(" histogram\n");
    series.forEach(
        (labels, one) -> {
          for (int i = 0; i < BOUNDS.length; i++) {
            bucket(name, labels, String.valueOf(BOUNDS[i]), one.upTo[i], out);
          }
          bucket(name, labels, "+Inf", one.count, out);
          out.append(name).append("_sum{").append(labels).append("} ").append(one.sum).append('\n');
          out.append(name).append("_count{").append(labels).append("} ").append(one.count);
          out.append('\n');
        });
    return Reply.bytes(200, "text/plain; version=0.0.4; charset=utf-8", out.toString());
  }

  private static void bucket(
      String name, String labels, String bound, long count, StringBuilder out) {
    out.append(name).append("_bucket{").append(labels).append(",le=\"").append(bound);
    out.append("\"} ").append(count).append('\n');
  }
}
