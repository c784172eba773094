package io.kuber.testkit.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what clients ask and hear. Its clock is a counter, so that it depends on no time:
 * record the start before a request leaves and the answer after it has arrived.
 *
 * <p>Any thread may call it. It holds as many calls as its limit says, and refuses more.
 */
public final class CallRecorder {
  /** Calls that one recorder holds unless told otherwise. */
  public static final int DEFAULT_LIMIT = 1_000_000;

  private final int limit;
  private final Map<Long, Open> open = new LinkedHashMap<>();
  private final List<Call> done = new ArrayList<>();
  private long now;

  private record Open(String client, Request request) {}

  /** A recorder of at most {@link #DEFAULT_LIMIT} calls. */
  public CallRecorder() {
    this(DEFAULT_LIMIT);
  }

  /** A recorder of at most {@code limit} calls. */
  public CallRecorder(int limit) {
    this.limit = limit;
  }

  /** A client is about to ask; returns the name of the call. */
  public synchronized long begin(String client, Request request) {
    if (open.size() + done.size() >= limit) {
      throw new IllegalStateException("more than " + limit + " calls in one history");
    }
    long call = ++now;
    open.put(call, new Open(client, request));
    return call;
  }

  /** The answer to a call has arrived. Only the first answer counts. */
  public synchronized void end(long call, Answer answer) {
    Open asked = open.remove(call);
    if (asked != null) {
      long end = answer instanceof Answer.Unknown ? Call.NEVER : ++now;
      done.add(new Call(asked.client, asked.request, answer, call, end));
    }
  }

  /** How many calls have an answer. */
  public synchronized int answered() {
    return done.size();
  }

  /** All calls in the order in which they began; those without an answer yet are unknown. */
  public synchronized List<Call> calls() {
    List<Call> all = new ArrayList<>(done);
    open.forEach(
        (start, asked) ->
            all.add(
                new Call(
                    asked.client,
                    asked.request,
                    new Answer.Unknown("no answer"),
                    start,
                    Call.NEVER)));
    all.sort(Comparator.comparingLong(Call::start));
    return List.copyOf(all);
  }
}
