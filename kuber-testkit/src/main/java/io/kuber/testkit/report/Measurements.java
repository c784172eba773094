package io.kuber.testkit.report;

import io.kuber.api.Latencies;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.Map;

/**
 * All that a report tells.
 *
 * @param title of the page
 * @param facts about the run and where it ran: names with values, in order
 * @param marks what was done, in order
 * @param samples what was seen, in order; at least one
 * @param scheduled from the creation of pods to their nodes
 * @param started from the creation of pods until they were ready
 * @param requests how long answers took, by verb; empty where time is virtual
 * @param source the text that told what to do
 */
public record Measurements(
    String title,
    List<Fact> facts,
    List<Mark> marks,
    List<Sample> samples,
    Latency scheduled,
    Latency started,
    Map<Verb, Latencies> requests,
    String source) {
  /** Copies lists and maps. */
  public Measurements {
    facts = List.copyOf(facts);
    marks = List.copyOf(marks);
    samples = List.copyOf(samples);
    requests = Map.copyOf(requests);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** A name with a value. */
  public record Fact(String name, String value) {}

  /** When the last sample was taken, in seconds; a little after the beginning at the least. */
  double end() {
    double last = samples.get(samples.size() - 1).at();
    return Math.max(last, 0.1);
  }

  Sample last() {
    return samples.get(samples.size() - 1);
  }

  /** The answers of all verbs but watch, which is as long as its client likes. */
  Latencies answers() {
    Latencies all = Latencies.NONE;
    for (Map.Entry<Verb, Latencies> each : requests.entrySet()) {
      all = each.getKey() == Verb.WATCH ? all : all.plus(each.getValue());
    }
    return all;
  }
}
