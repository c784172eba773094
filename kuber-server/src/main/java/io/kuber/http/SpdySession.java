package io.kuber.http;

/** A session of SPDY/3.1 in which the client opens streams. For any thread. */
public interface SpdySession extends Paced {
  /** Ends the session after what was sent before. May be repeated. */
  void close();
}
