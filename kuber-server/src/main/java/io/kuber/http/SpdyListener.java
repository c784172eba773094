package io.kuber.http;

/** Gets the streams that a client opens; on the event loop, where nothing may block. */
public interface SpdyListener {
  /** A stream was opened, and has been accepted. */
  void onStream(SpdyStream stream);

  /** The last event: the session is closed, by whomever. */
  void onClose();
}
