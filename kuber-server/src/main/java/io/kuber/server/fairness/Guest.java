package io.kuber.server.fairness;

import io.kuber.fairness.Asked;
import io.kuber.fairness.LevelQueues.Started;
import io.kuber.loop.Loop.Timer;
import io.kuber.server.metric.FlowMetrics.Flow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One request on its way through its level. For any thread; its fields belong to the gate. */
public final class Guest {
  private final LevelGate gate;
  final Asked asked;
  final String schema;
  final String distinguisher;
  final long hash;
  final Flow counts;
  final int wide;
  final Entrant entrant;
  State state = State.COMING;
  long id;
  long lane;
  long since;
  @Nullable Started seats;
  @Nullable Timer patience;

  /** Where it is. */
  enum State {
    COMING,
    WAITING,
    INSIDE,
    GONE
  }

  Guest(
      LevelGate gate,
      Asked asked,
      String schema,
      String distinguisher,
      long hash,
      Flow counts,
      int wide,
      Entrant entrant) {
    this.gate = gate;
    this.asked = asked;
    this.schema = schema;
    this.distinguisher = distinguisher;
    this.hash = hash;
    this.counts = counts;
    this.wide = wide;
    this.entrant = entrant;
  }

  /** Asks for its seats, for which it waits so long at most. */
  public void arrive(Duration longest) {
    gate.arrive(this, longest);
  }

  /** Gives its seats back, or waits no longer; may be repeated, and come before it arrives. */
  public void leave() {
    gate.leave(this);
  }
}
