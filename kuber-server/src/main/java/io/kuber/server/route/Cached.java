package io.kuber.server.route;

import io.kuber.http.Headers;
import io.kuber.http.Request;
import io.kuber.http.Response;

/** Documents that clients keep, and ask again whether they changed (RFC 9110, 13.1.2). */
final class Cached {
  private Cached() {}

  /**
   * The document, or 304 when the client has it.
   *
   * @param hash of the document, which its {@code ETag} says in quotes
   */
  static Response response(Request request, String hash, Response document) {
    String tag = '"' + hash + '"';
    Response answer =
        isKnown(request.headers(), tag)
            ? Response.empty(304).orElse(document.headers().without("Content-Type"))
            : document;
    return answer.with("ETag", tag).with("Vary", "Accept");
  }

  /** The header is a list, whose tags may be weak, or a star for any. */
  private static boolean isKnown(Headers headers, String tag) {
    return headers.elements("If-None-Match").stream()
        .anyMatch(known -> known.equals("*") || known.equals(tag) || known.equals("W/" + tag));
  }
}
