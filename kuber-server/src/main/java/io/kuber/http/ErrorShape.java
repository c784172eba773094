package io.kuber.http;

import org.jspecify.annotations.Nullable;

/**
 * Gives errors that the server itself finds the form of the API behind it, such as a Status object.
 * Called from any thread; must not throw.
 */
@FunctionalInterface
public interface ErrorShape {
  /** Plain text: the message. */
  ErrorShape TEXT = (asked, status, message, cause) -> Response.text(status, message + "\n");

  /**
   * The answer to a request that failed. An answer of 500 and above is logged with its cause,
   * unless {@link #isAnswer} says that it is meant.
   *
   * @param asked the headers of the request, for the form that it accepts; none where the request
   *     could not be read
   * @param status what the server would answer: 400, 408, 413, 414, 429, 431 or 500
   * @param message what was wrong, fit for the client
   * @param cause what the handler threw, if it did; nothing of it is fit for the client unless its
   *     type says so
   */
  Response shape(Headers asked, int status, String message, @Nullable Throwable cause);

  /**
   * Whether {@code cause} is an answer rather than an accident: the client is told all there is to
   * know, and the log has nothing to add.
   */
  default boolean isAnswer(Throwable cause) {
    return false;
  }
}
