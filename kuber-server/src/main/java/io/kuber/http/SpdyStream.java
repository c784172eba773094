package io.kuber.http;

import java.io.InputStream;
import java.io.OutputStream;

/** A stream of a SPDY session: bytes both ways, each way ending for itself. */
public interface SpdyStream {
  /** The number, which is the client's. */
  int id();

  /** The headers the client opened the stream with. */
  Headers headers();

  /** What the client sends; blocks, for one reader. */
  InputStream input();

  /** What the client gets; blocks while it is slow. Closing it ends this way of the stream. */
  OutputStream output();

  /** Ends both ways at once, as an error. */
  void reset();
}
