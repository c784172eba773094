package io.kuber.testkit.report;

import io.kuber.api.Traffic;
import io.kuber.resource.Verb;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line that tells how a cluster is doing: nodes ready, pods by phase, and what the API did each
 * second since the line before. Owned by one thread.
 */
public final class Pulse {
  private final Census census;
  private final Traffic traffic;
  private double lastAt;
  private long lastRequests;
  private long lastEvents;

  /** Begins to count what happens each second. */
  public Pulse(Census census, Traffic traffic) {
    this.census = census;
    this.traffic = traffic;
    this.lastAt = census.now();
    this.lastRequests = requests();
    this.lastEvents = traffic.events();
  }

  private long requests() {
    return Arrays.stream(Verb.values()).mapToLong(verb -> traffic.latencies(verb).count()).sum();
  }

  /** What there is, without what happens: for those who want to know whether it changed. */
  public String state() {
    Census.Reading now = census.reading();
    List<String> phases =
        Arrays.stream(Phase.values())
            .filter(phase -> phase == Phase.RUNNING || now.in(phase) > 0)
            .map(phase -> Units.count(now.in(phase)) + " " + phase)
            .toList();
    return "nodes %s/%s ready · pods %s"
        .formatted(
            Units.count(now.ready()),
            Units.count(now.nodes()),
            phases.stream().collect(Collectors.joining(", ")));
  }

  /** The whole line. */
  public String line() {
    double at = census.now();
    long requests = requests();
    long events = traffic.events();
    double seconds = Math.max(1e-3, at - lastAt);
    String line =
        "%s · %s requests/s · %s events/s"
            .formatted(
                state(),
                Units.count(Math.rint((requests - lastRequests) / seconds)),
                Units.count(Math.rint((events - lastEvents) / seconds)));
    lastAt = at;
    lastRequests = requests;
    lastEvents = events;
    return line;
  }
}
