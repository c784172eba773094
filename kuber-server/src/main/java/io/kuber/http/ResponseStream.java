package io.kuber.http;

/** The body of an answer that is written bit by bit, such as a watch. For any thread. */
public interface ResponseStream extends Paced {
  /**
   * Sends bytes as soon as the client takes them; does nothing once the stream is closed.
   *
   * @param bytes shared, not copied, so that many streams may send the same array: nobody may
   *     change it any more
   */
  void write(byte[] bytes);

  /** Completes the answer. May be repeated. */
  void end();

  /** Cuts the answer off, so that the client sees that it is incomplete. */
  void abort();

  /**
   * Runs {@code action} once the stream is closed: ended and sent, or the client gone. At once if
   * it is closed already.
   */
  void onClose(Runnable action);
}
