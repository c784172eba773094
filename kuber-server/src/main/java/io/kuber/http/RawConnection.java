package io.kuber.http;

/**
 * A connection after an upgrade to a protocol that this server passes on without reading it. For
 * any thread.
 */
public interface RawConnection extends Paced {
  /**
   * Sends bytes; does nothing once the connection is closed.
   *
   * @param bytes must not change any more
   */
  void write(byte[] bytes);

  /** Whether bytes are taken from the client; otherwise it is held up. */
  void setReading(boolean reading);

  /** Closes after what was written before. May be repeated. */
  void close();
}
