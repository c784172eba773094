package io.kuber.server.metric;

import java.util.List;

/** Text in the exposition format of Prometheus, version 0.0.4. For one thread. */
final class Exposition {
  private final StringBuilder text = new StringBuilder();

  /** The two lines in front of the series of a family. */
  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** One series: names and values of its labels pair up. */
  void sample(String name, List<String> labels, List<String> values, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{');
      for (int i = 0; i < labels.size(); i++) {
        text.append(i == 0 ? "" : ",").append(labels.get(i));
        text.append("=\"").append(escaped(values.get(i))).append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Whole numbers without a fraction, as Go prints them. */
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
