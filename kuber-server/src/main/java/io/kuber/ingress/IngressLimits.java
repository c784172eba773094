package io.kuber.ingress;

import java.time.Duration;

/** The bounds of the ingress, in one place. */
final class IngressLimits {
  /** The request line; larger ones are answered 414. */
  static final int REQUEST_LINE_BYTES = 16 << 10;

  /** All headers of a request, or of an answer; larger ones are answered 431, or 502. */
  static final int HEADER_BYTES = 64 << 10;

  /** Connections of clients at the same time; further ones are closed at once. */
  static final int CONNECTIONS = 16_384;

  /** Connections that the kernel may hold until they are accepted. */
  static final int ACCEPT_BACKLOG = 1024;

  /** Streams at the same time on one HTTP/2 connection. */
  static final int STREAMS_PER_CONNECTION = 128;

  /** Streams which an HTTP/2 client may reset in {@link #RESET_WINDOW} before it is cut off. */
  static final int RESETS_PER_WINDOW = 4 * STREAMS_PER_CONNECTION;

  /** See {@link #RESETS_PER_WINDOW}. */
  static final Duration RESET_WINDOW = Duration.ofSeconds(30);

  /** What is sent on one stream of HTTP/2 before the other side has read it. */
  static final int STREAM_WINDOW_BYTES = 256 << 10;

  /** From a connection's beginning to the end of its first request's headers, TLS included. */
  static final Duration FIRST_HEAD = Duration.ofSeconds(10);

  /** From an answer's end to the end of the next request's headers; nginx keeps 75 s. */
  static final Duration NEXT_HEAD = Duration.ofSeconds(75);

  /** How long a pod may take to accept a connection. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** How long a request may wait for a stream of HTTP/2 to a pod that takes no more of them. */
  static final Duration FREE_STREAM = Duration.ofSeconds(30);

  /** From the last byte of a request to the first of its answer; nginx waits 60 s. */
  static final Duration ANSWER = Duration.ofSeconds(60);

  /** How long a request, or an answer under way, may stand still. */
  static final Duration STILL = Duration.ofMinutes(5);

  /** How long nothing may pass after both sides have gone on with another protocol. */
  static final Duration TUNNEL_STILL = Duration.ofHours(1);

  /** How many places of a backend are tried. */
  static final int ATTEMPTS = 3;

  /** Connections to one place that are kept for the next request, per event loop. */
  static final int KEPT_PER_PLACE = 64;

  /** How long they are kept. */
  static final Duration KEPT_FOR = Duration.ofSeconds(30);

  /** Connections of HTTP/2 to one place, per event loop. */
  static final int SHARED_PER_PLACE = 8;

  /** Requests that wait for a stream of one of those; further ones fail at once. */
  static final int WAITING_PER_PLACE = 1024;

  /** Names of backends outside the cluster that are looked up at the same time. */
  static final int LOOKUPS = 256;

  /** How long answers under way may take when the server closes. */
  static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private IngressLimits() {}
}
