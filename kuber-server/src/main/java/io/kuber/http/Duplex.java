package io.kuber.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection on which both sides speak at once, in a protocol of their own. One thread may read
 * while another writes.
 */
public interface Duplex {
  /** What the client says; ends where it says that there will be no more. */
  InputStream in();

  /** What the client gets, without a buffer. Writers take turns by themselves. */
  OutputStream out();

  /** Says that there will be no more to read for the client, which may go on speaking. */
  void endOutput() throws IOException;

  /** Ends the connection, and with it whoever reads or writes. May be repeated, by any thread. */
  void close();
}
