package io.kuber.http;

import java.time.Duration;

/** The bounds of the HTTP server, in one place. */
public final class HttpLimits {
  /** The request line: commands of exec travel in it. */
  public static final int REQUEST_LINE_BYTES = 256 << 10;

  /** All headers of a request together. */
  public static final int HEADER_BYTES = 256 << 10;

  /** The body of a request, unless configured otherwise; the limit of Kubernetes. */
  public static final int BODY_BYTES = 3 << 20;

  /** What is read and thrown away of a body that is too large, so that its sender sees the 413. */
  public static final int DISCARDED_BYTES = 32 << 20;

  /** From the first byte of a request's body to its last. */
  public static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);

  /** Connections at the same time, half of them from one address; others are closed at once. */
  public static final int CONNECTIONS = 16_384;

  /** Connections that the kernel may hold until they are accepted. */
  public static final int ACCEPT_BACKLOG = 1024;

  /** How long a connection without an exchange stays; longer than the 90 s of Go's clients. */
  public static final Duration IDLE_TIMEOUT = Duration.ofMinutes(3);

  /** Streams at the same time on one HTTP/2 connection: a client's watches share one. */
  public static final int STREAMS_PER_CONNECTION = 1000;

  /** Streams which an HTTP/2 client may reset in {@link #RESET_WINDOW} before it is cut off. */
  public static final int RESETS_PER_WINDOW = 4 * STREAMS_PER_CONNECTION;

  /** See {@link #RESETS_PER_WINDOW}. */
  public static final Duration RESET_WINDOW = Duration.ofSeconds(30);

  /** What an HTTP/2 client may send on one stream before the server has read it. */
  public static final int STREAM_WINDOW_BYTES = 256 << 10;

  /** Requests read ahead on an HTTP/1.1 connection whose answers are not out yet. */
  public static final int PIPELINED_REQUESTS = 16;

  /** The shortest requests that one read of 64 KiB can hold; they are decoded all at once. */
  public static final int REQUESTS_PER_READ = 4096;

  /** Threads that run handlers. */
  public static final int WORKERS = 64;

  /** Requests that wait for a worker; further ones are answered 429. */
  public static final int WAITING_REQUESTS = 10_000;

  /** A stream is not writable from so many unsent bytes on ... */
  public static final int HIGH_WATER_BYTES = 1 << 20;

  /** ... until it is down to so many. */
  public static final int LOW_WATER_BYTES = 256 << 10;

  /** A stream whose writer ignores {@link Paced#isWritable()} this far is cut off. */
  public static final long UNSENT_BYTES = 64L << 20;

  /** Requests at the same time from clients in this process; further ones are answered 429. */
  public static final int LOCAL_EXCHANGES = 4096;

  /** Threads on which such clients get their answers; a client may block one. */
  public static final int LOCAL_WORKERS = 1024;

  /** One frame, and one message, of a WebSocket. */
  public static final int WEB_SOCKET_FRAME_BYTES = 1 << 20;

  /** One frame of SPDY as the server writes it. */
  public static final int SPDY_FRAME_BYTES = 32 << 10;

  /** Streams that a SPDY client may have open in one session. */
  public static final int SPDY_STREAMS = 1024;

  /** Bytes from a client that wait for their reader, per stream or channel. */
  public static final int UNREAD_BYTES = 256 << 10;

  /** How long answers under way may take when the server closes. */
  public static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private HttpLimits() {}
}
