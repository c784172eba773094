package io.kuber.server.chain;

import io.kuber.server.fairness.Flows;
import java.util.function.ToLongFunction;

/** How many requests there may be at the same time, and who waits for whom. */
public sealed interface Seating {
  /** What upstream allows without priority and fairness: 400 reads and 200 writes. */
  Seating STANDARD = new Limited(400, 200);

  /**
   * By priority and fairness.
   *
   * @param objects how many objects there are where a path leads
   */
  record Fair(Flows flows, ToLongFunction<RequestPath> objects) implements Seating {}

  /**
   * Two limits for all requests together; 0 for none. Members of {@code system:masters} are let in
   * beyond them.
   */
  record Limited(int reads, int writes) implements Seating {}
}
