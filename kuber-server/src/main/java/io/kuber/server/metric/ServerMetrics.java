package io.kuber.server.metric;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the API server counts: names, labels and bounds as in k8s.io/apiserver
 * (pkg/endpoints/metrics), so that rules and dashboards made for it fit. For any thread.
 */
public final class ServerMetrics {
  private static final List<String> REQUEST =
      List.of("verb", "group", "version", "resource", "subresource", "scope", "component");

  private static final String COMPONENT = "apiserver";

  private final Counters requests =
      Counters.counter(
          "apiserver_request_total", "Requests that have been answered.", with(REQUEST, "code"));
  private final Histograms durations =
      new Histograms(
          "apiserver_request_duration_seconds",
          "Time from a request to the end of its answer, watches and streams left out.",
          REQUEST,
          0.005,
          0.025,
          0.05,
          0.1,
          0.2,
          0.4,
          0.6,
          0.8,
          1,
          1.25,
          1.5,
          2,
          3,
          4,
          5,
          6,
          8,
          10,
          15,
          20,
          30,
          45,
          60);
  private final Counters inFlight =
      Counters.gauge(
          "apiserver_current_inflight_requests",
          "Requests under way that end by themselves.",
          List.of("request_kind"));
  private final Counters longRunning =
      Counters.gauge(
          "apiserver_longrunning_requests", "Watches and streams that are open.", REQUEST);
  private final List<Family> families = new CopyOnWriteArrayList<>();

  /** Starts at zero; {@code version} is what the server says of itself. */
  public ServerMetrics(String version) {
    families.addAll(List.of(requests, durations, inFlight, longRunning));
    families.addAll(ProcessMetrics.families());
    Counters build =
        Counters.gauge(
            "kubernetes_build_info", "Always 1, with the version.", List.of("git_version"));
    build.add(1, List.of(version));
    families.add(build);
  }

  /** The same, and what an audit counts. */
  public ServerMetrics(String version, AuditMetrics audit) {
    this(version);
    families.addAll(audit.families());
  }

  /**
   * Who asks for what.
   *
   * @param verb in capitals, such as {@code LIST}
   * @param resource the plural; empty where none is asked for
   * @param scope {@code cluster}, {@code namespace} or {@code resource}; empty without a resource
   */
  public record Labels(
      String verb,
      String group,
      String version,
      String resource,
      String subresource,
      String scope) {
    private List<String> values() {
      return List.of(verb, group, version, resource, subresource, scope, COMPONENT);
    }

    private String kind() {
      return verb.equals("GET") || verb.equals("LIST") ? "readOnly" : "mutating";
    }
  }

  /** A request came. */
  public void begin(Labels request, boolean isLongRunning) {
    count(request, isLongRunning, 1);
  }

  /** Its answer is out, with the given status, after the given time. */
  public void end(Labels request, boolean isLongRunning, int status, Duration took) {
    count(request, isLongRunning, -1);
    requests.add(1, with(request.values(), Integer.toString(status)));
    if (!isLongRunning) {
      durations.observe(took.toNanos() / 1e9, request.values());
    }
  }

  private void count(Labels request, boolean isLongRunning, int number) {
    if (isLongRunning) {
      longRunning.add(number, request.values());
    } else {
      inFlight.add(number, List.of(request.kind()));
    }
  }

  /** Tells of priority and fairness as well. */
  public void with(FlowMetrics flows) {
    families.addAll(flows.families());
  }

  /** Tells of the authentication configuration as well. */
  public ServerMetrics with(LoginMetrics logins) {
    families.addAll(logins.families());
    return this;
  }

  /** All that was counted, as text. */
  public String text() {
    Exposition text = new Exposition();
    families.forEach(family -> family.print(text));
    return text.toString();
  }

  private static List<String> with(List<String> texts, String last) {
    List<String> all = new ArrayList<>(texts);
    all.add(last);
    return List.copyOf(all);
  }
}
