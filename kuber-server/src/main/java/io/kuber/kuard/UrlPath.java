package io.kuber.kuard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names as segments of URLs. */
final class UrlPath {
  private UrlPath() {}

  /** As a form would encode it, except that a space in a path is %20 and a + is itself. */
  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
