package io.kuber.http;

import java.io.IOException;

/**
 * Gets the answer to a request sent to a {@link LocalServer}: its head, then what was {@linkplain
 * LocalCall#take() taken}, then one end. Called by one thread at a time, which it may block.
 */
public interface AnswerListener {
  /**
   * The answer begins; with status 101 it goes on as a WebSocket. Headers that only frame a message
   * on a wire, such as {@code Content-Length}, are not there.
   */
  void onHead(LocalCall call, int status, Headers headers);

  /** Bytes of the body, or a binary message; shared, not copied: nobody may change them. */
  void onBytes(LocalCall call, byte[] bytes);

  /** A text message of a WebSocket. */
  default void onText(LocalCall call, String text) {}

  /** The body is complete. */
  default void onEnd(LocalCall call) {}

  /** The WebSocket is closed, by whomever. */
  default void onClose(LocalCall call, int status, String reason) {}

  /** There will be no answer, or no more of it. */
  void onFailure(LocalCall call, IOException cause);
}
