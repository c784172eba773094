package io.kuber.testkit.check;

/**
 * A request, its answer, and when both happened on a clock that all clients share (a counter will
 * do). One that ended before another began happened before it.
 *
 * @param client who asked
 * @param end {@link #NEVER} when the answer is unknown: it may take effect at any time
 */
public record Call(String client, Request request, Answer answer, long start, long end) {
  /** The end of a call of which nobody knows the answer. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Checks that the end fits the answer. */
  public Call {
    if (start > end || (answer instanceof Answer.Unknown) != (end == NEVER)) {
      throw new IllegalArgumentException(
          "a call from " + start + " to " + end + " with the answer " + answer);
    }
  }

  /** The same call with an answer that was never heard. */
  Call unheard() {
    return new Call(client, request, new Answer.Unknown("not heard yet"), start, NEVER);
  }

  boolean isUnknown() {
    return end == NEVER;
  }

  boolean isWrite() {
    return request instanceof Request.Write;
  }

  /** Whether the call is known to have changed its key. */
  boolean hasWritten() {
    return answer instanceof Answer.Written;
  }

  /** The revision that the call is known to have made, or {@link Answer#UNTOLD}. */
  long made() {
    return answer instanceof Answer.Written written ? written.revision() : Answer.UNTOLD;
  }

  /** One line: when, who, what, and what came of it. */
  @Override
  public String toString() {
    String until = isUnknown() ? "..." : String.valueOf(end);
    return "[%8d %8s] %-10s %s -> %s".formatted(start, until, client, request, answer);
  }
}
