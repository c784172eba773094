package io.kuber.server.metric;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleConsumer;

/**
 * What priority and fairness counts: names, labels and bounds as in k8s.io/apiserver
 * (pkg/util/flowcontrol/metrics). For any thread.
 */
public final class FlowMetrics {
  private static final String PREFIX = "apiserver_flowcontrol_";
  private static final List<String> LEVEL = List.of("priority_level");
  private static final List<String> FLOW = List.of("priority_level", "flow_schema");
  private static final double[] SECONDS = {
    0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30
  };

  private final Counters refused =
      Counters.counter(
          PREFIX + "rejected_requests_total",
          "Requests that got no seat.",
          List.of("priority_level", "flow_schema", "reason"));
  private final Counters dispatched =
      Counters.counter(
          PREFIX + "dispatched_requests_total", "Requests that have begun to be served.", FLOW);
  private final Counters inQueue =
      Counters.gauge(PREFIX + "current_inqueue_requests", "Requests that wait for seats.", FLOW);
  private final Counters executing =
      Counters.gauge(PREFIX + "current_executing_requests", "Requests that hold seats.", FLOW);
  private final Counters seats =
      Counters.gauge(PREFIX + "current_executing_seats", "Seats that are taken.", FLOW);
  private final Histograms waited =
      new Histograms(
          PREFIX + "request_wait_duration_seconds",
          "Time that requests waited for seats.",
          List.of("priority_level", "flow_schema", "execute"),
          SECONDS);
  private final Histograms executed =
      new Histograms(
          PREFIX + "request_execution_duration_seconds",
          "Time that requests held seats.",
          FLOW,
          SECONDS);
  private final Gauges nominal =
      new Gauges(PREFIX + "nominal_limit_seats", "Seats of a level by its share.", LEVEL);
  private final Gauges lower =
      new Gauges(PREFIX + "lower_limit_seats", "Seats that a level never lends.", LEVEL);
  private final Gauges upper =
      new Gauges(PREFIX + "upper_limit_seats", "Seats that a level has at most.", LEVEL);
  private final Gauges current =
      new Gauges(PREFIX + "current_limit_seats", "Seats that a level has now.", LEVEL);
  private final Map<List<String>, Flow> flows = new ConcurrentHashMap<>();

  /** The series of one schema and level. */
  public Flow flow(String schema, String level) {
    return flows.computeIfAbsent(List.of(level, schema), Flow::new);
  }

  /** The seats of a level are these now. */
  public void limits(String level, long byShare, long least, long most, long now) {
    List<String> labels = List.of(level);
    nominal.set(labels, byShare);
    lower.set(labels, least);
    upper.set(labels, most);
    current.set(labels, now);
  }

  List<Family> families() {
    return List.of(
        refused,
        dispatched,
        inQueue,
        executing,
        seats,
        waited,
        executed,
        nominal,
        lower,
        upper,
        current);
  }

  /** Counts the requests of one schema and level. */
  public final class Flow {
    private final List<String> labels;
    private final LongAdder begun;
    private final LongAdder queued;
    private final LongAdder inside;
    private final LongAdder taken;
    private final DoubleConsumer served;
    private final DoubleConsumer waits;
    private final DoubleConsumer inVain;

    private Flow(List<String> labels) {
      this.labels = labels;
      this.begun = dispatched.at(labels);
      this.queued = inQueue.at(labels);
      this.inside = executing.at(labels);
      this.taken = seats.at(labels);
      this.served = executed.at(labels);
      this.waits = waited.at(List.of(labels.get(0), labels.get(1), "true"));
      this.inVain = waited.at(List.of(labels.get(0), labels.get(1), "false"));
    }

    /** So many more wait, or less. */
    public void inQueue(int number) {
      queued.add(number);
    }

    /** One has so many seats, after it waited so long. */
    public void entered(int wide, double seconds) {
      begun.increment();
      inside.increment();
      taken.add(wide);
      waits.accept(seconds);
    }

    /** It has given them back after so long. */
    public void left(int wide, double seconds) {
      inside.decrement();
      taken.add(-wide);
      served.accept(seconds);
    }

    /** One got no seat after it waited so long, for a reason in the words of upstream. */
    public void refused(String reason, double seconds) {
      refused.add(1, List.of(labels.get(0), labels.get(1), reason));
      inVain.accept(seconds);
    }
  }
}
