package io.kuber.http;

import java.nio.charset.StandardCharsets;

/** An immutable answer with its whole body. */
public final class Response {
  private static final byte[] NO_BODY = {};

  private final int status;
  private final Headers headers;
  private final byte[] body;

  /**
   * An answer. {@code Content-Length} and {@code Date} are added by the server.
   *
   * @param body shared, not copied: nobody may change it
   */
  public Response(int status, Headers headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, Headers.EMPTY, NO_BODY);
  }

  /** An answer with a body of the given media type. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Headers.of("Content-Type", contentType), body);
  }

  /** An answer of plain text. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** This answer with one more header. */
  public Response with(String name, String value) {
    return new Response(status, headers.plus(name, value), body);
  }

  /** This answer, with those of the headers that it does not have itself. */
  public Response orElse(Headers others) {
    return new Response(status, headers.orElse(others), body);
  }

  /** This answer with another body. */
  public Response withBody(byte[] other) {
    return new Response(status, headers, other);
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The headers. */
  public Headers headers() {
    return headers;
  }

  /** The body; shared, so nobody may change it. */
  public byte[] body() {
    return body;
  }
}
