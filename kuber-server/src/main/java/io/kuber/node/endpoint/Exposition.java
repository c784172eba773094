package io.kuber.node.endpoint;

import java.time.Instant;
import java.util.Map;

/** Text in Prometheus' exposition format, version 0.0.4, put together family by family. */
final class Exposition {
  private static final double NANOS = 1e9;

  private final StringBuilder text = new StringBuilder();
  private String family = "";

  /** Begins a family: its series follow. */
  Exposition family(String name, String type, String help) {
    family = name;
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /** A series of the family, as of now. */
  void sample(Map<String, String> labels, double value) {
    series(labels, value);
    text.append('\n');
  }

  /** A series of the family, as of then. */
  void sample(Map<String, String> labels, double value, Instant at) {
    series(labels, value);
    text.append(' ').append(at.toEpochMilli()).append('\n');
  }

  private void series(Map<String, String> labels, double value) {
    text.append(family);
    String separator = "{";
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(separator).append(label.getKey());
      text.append("=\"").append(escaped(label.getValue())).append('"');
      separator = ",";
    }
    text.append(labels.isEmpty() ? " " : "} ").append(number(value));
  }

  static double seconds(long nanos) {
    return nanos / NANOS;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
