package io.kuber.testkit.report;

import java.util.Locale;

/** Text of a picture in SVG that takes its colours from the page. For one thread. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  /** A picture of this size, which the page may scale. */
  Svg(int width, int height, String label) {
    add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", width, height, safe(label));
  }

  private void add(String pattern, Object... values) {
    text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }

  /** A text as it may stand between tags and in quotes. */
  static String safe(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  Svg line(String look, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        look, x1, y1, x2, y2);
    return this;
  }

  /** A rectangle; {@code tip} is shown to whoever points at it, where it is not empty. */
  Svg box(String look, double x, double y, double width, double height, String tip) {
    add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\">%s</rect>",
        look, x, y, Math.max(0, width), Math.max(0, height), tip(tip));
    return this;
  }

  Svg dot(String look, double x, double y, double radius, String tip) {
    add(
        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">%s</circle>",
        look, x, y, radius, tip(tip));
    return this;
  }

  private static String tip(String tip) {
    return tip.isEmpty() ? "" : "<title>" + safe(tip) + "</title>";
  }

  Svg path(String look, Line line) {
    add("<path class=\"%s\" d=\"%s\"/>", look, line);
    return this;
  }

  /** A text; {@code anchor} is start, middle or end. */
  Svg text(String look, double x, double y, String anchor, String words) {
    add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        look, x, y, anchor, safe(words));
    return this;
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  /** The points of a path. */
  static final class Line {
    private final StringBuilder points = new StringBuilder();
    private boolean lifted = true;

    Line to(double x, double y) {
      char command = lifted ? 'M' : 'L';
      lifted = false;
      points.append(String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y));
      return this;
    }

    /** The next point begins anew. */
    Line lift() {
      lifted = true;
      return this;
    }

    /** Back to where it began. */
    Line close() {
      points.append('Z');
      return this;
    }

    @Override
    public String toString() {
      return points.toString();
    }
  }
}
