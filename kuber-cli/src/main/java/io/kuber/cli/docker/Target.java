package io.kuber.cli.docker;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The path and query of a request, escaped; immutable. */
record Target(String text) {
  /** Segments of a path; a slash in one of them is escaped, except in the names of images. */
  static Target of(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(escaped(segment).replace("%2F", "/").replace("%3A", ":"));
    }
    return new Target(path.toString());
  }

  /** With a parameter, if its value is not empty. */
  Target with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    return new Target(text + (text.contains("?") ? "&" : "?") + name + "=" + escaped(value));
  }

  /** With a parameter that is 1, if it holds. */
  Target with(String name, boolean value) {
    return value ? with(name, "1") : this;
  }

  private static String escaped(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
