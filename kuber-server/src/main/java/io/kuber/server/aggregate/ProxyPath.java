package io.kuber.server.aggregate;

import io.kuber.api.ApiException;
import io.kuber.api.StatusReason;
import io.kuber.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The path and query that another server is asked for: what was authorised, written anew. A path
 * that two servers may read differently is refused, since it would be authorised as one thing and
 * done as another.
 */
final class ProxyPath {
  private ProxyPath() {}

  /**
   * Path and query, escaped.
   *
   * @throws ApiException when a part of the path has a slash in it, or is a dot or two
   */
  static String of(Request request) {
    StringBuilder path = new StringBuilder();
    List<String> segments = request.segments();
    for (String segment : segments) {
      if (segment.contains("/") || segment.equals(".") || segment.equals("..")) {
        throw new ApiException(
            StatusReason.BAD_REQUEST,
            "the path is not passed on: a part of it is \"" + segment + "\"");
      }
      path.append('/').append(escaped(segment));
    }
    if (request.path().endsWith("/")) {
      path.append('/');
    }
    int mark = request.target().indexOf('?');
    return mark < 0 ? path.toString() : path + request.target().substring(mark);
  }

  private static String escaped(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("%3A", ":");
  }
}
