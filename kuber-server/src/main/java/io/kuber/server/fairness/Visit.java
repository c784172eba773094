package io.kuber.server.fairness;

import io.kuber.fairness.Asked;
import io.kuber.fairness.FlowSchema;
import io.kuber.server.metric.FlowMetrics.Flow;

/** Where a request belongs: its flow schema, and the door of its level. */
public final class Visit {
  private final Asked asked;
  private final Road road;

  Visit(Asked asked, Road road) {
    this.asked = asked;
    this.road = road;
  }

  /** The way of all requests of one schema. */
  record Road(FlowSchema schema, String levelUid, int nominal, LevelGate gate, Flow counts) {}

  /** The uid of the schema; empty while its object is not there. */
  public String schemaUid() {
    return road.schema.uid();
  }

  /** The uid of the level; empty while its object is not there. */
  public String levelUid() {
    return road.levelUid;
  }

  /** The seats that its level has by its share. */
  public int nominal() {
    return road.nominal;
  }

  /** The request as it comes to the door, with so many seats to ask for. */
  public Guest guest(int wide, Entrant entrant) {
    String distinguisher = road.schema.distinguisher(asked);
    return new Guest(
        road.gate,
        asked,
        road.schema.name(),
        distinguisher,
        FlowSchema.hash(road.schema.name(), distinguisher),
        road.counts,
        wide,
        entrant);
  }
}
