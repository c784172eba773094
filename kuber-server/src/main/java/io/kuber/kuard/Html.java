package io.kuber.kuard;

import java.util.List;

/**
 * A piece of finished markup. Text becomes markup only by being escaped, so a page built of these
 * cannot carry what a visitor typed as anything but text.
 */
record Html(String markup) {
  static final Html NOTHING = new Html("");

  private static final String HOLE = "{}";

  /** The template with each {@code {}} replaced by the next value: Html as it is, else escaped. */
  static Html of(String template, Object... values) {
    StringBuilder out = new StringBuilder(template.length() + 32 * values.length);
    int from = 0;
    for (Object value : values) {
      int hole = template.indexOf(HOLE, from);
      if (hole < 0) {
        throw new IllegalArgumentException("more values than holes in: " + template);
      }
      out.append(template, from, hole);
      if (value instanceof Html html) {
        out.append(html.markup);
      } else {
        escape(String.valueOf(value), out);
      }
      from = hole + HOLE.length();
    }
    return new Html(out.append(template, from, template.length()).toString());
  }

  static Html join(List<Html> pieces) {
    StringBuilder out = new StringBuilder();
    pieces.forEach(piece -> out.append(piece.markup));
    return new Html(out.toString());
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }
}
