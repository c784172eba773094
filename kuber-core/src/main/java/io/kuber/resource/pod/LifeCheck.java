package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.Texts;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong with the probes and hooks of containers. Lives as long as the check of one pod. */
final class LifeCheck {
  private static final List<String> OF_PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final List<String> OF_HOOKS = List.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

  private final long gracePeriod;
  private final Problems problems;

  LifeCheck(long gracePeriod, Problems problems) {
    this.gracePeriod = gracePeriod;
    this.problems = problems;
  }

  void check(FieldPath path, Tree container) {
    Tree lifecycle = container.tree("lifecycle");
    for (String hook : new String[] {"postStart", "preStop"}) {
      if (lifecycle.has(hook)) {
        checkHandler(path.child("lifecycle", hook), lifecycle.tree(hook), OF_HOOKS);
      }
    }
    for (String probe : new String[] {"livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.has(probe)) {
        checkProbe(path.child(probe), container.tree(probe), probe.equals("readinessProbe"));
      }
    }
  }

  private void checkProbe(FieldPath path, Tree probe, boolean readiness) {
    checkHandler(path, probe, OF_PROBES);
    for (String number :
        new String[] {
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold"
        }) {
      Numbers.checkNotNegative(path, probe, number, problems);
    }
    if (readiness) {
      if (probe.has("terminationGracePeriodSeconds")) {
        problems.invalid(
            path.child("terminationGracePeriodSeconds"),
            probe.number(0, "terminationGracePeriodSeconds"),
            "must not be set for readinessProbes");
      }
      return;
    }
    Numbers.checkAtLeast(path, probe, "terminationGracePeriodSeconds", 1, problems);
    long threshold = probe.number(1, "successThreshold");
    if (threshold != 1) {
      problems.invalid(path.child("successThreshold"), threshold, "must be 1");
    }
  }

  private void checkHandler(FieldPath path, Tree handler, List<String> types) {
    List<String> given = types.stream().filter(handler::has).toList();
    if (given.isEmpty()) {
      problems.required(path, "must specify a handler type");
      return;
    }
    checkAction(path.child(given.get(0)), given.get(0), handler.tree(given.get(0)));
    for (String more : given.subList(1, given.size())) {
      problems.forbidden(path.child(more), "may not specify more than 1 handler type");
    }
  }

  private void checkAction(FieldPath path, String type, Tree action) {
    switch (type) {
      case "exec" -> {
        if (action.items("command").isEmpty()) {
          problems.required(path.child("command"), "");
        }
      }
      case "httpGet" -> checkGet(path, action);
      case "sleep" -> {
        long seconds = action.number(0, "seconds");
        if (seconds < 0 || seconds > gracePeriod) {
          problems.invalid(
              path,
              seconds,
              "must be non-negative and less than terminationGracePeriodSeconds ("
                  + gracePeriod
                  + ")");
        }
      }
      default -> checkPort(path, action.get("port"));
    }
  }

  private void checkGet(FieldPath path, Tree get) {
    checkPort(path, get.get("port"));
    Texts.checkOneOf(path, get, "scheme", List.of("HTTP", "HTTPS"), problems);
    for (Tree header : get.items("httpHeaders").trees()) {
      String name = header.text("name");
      if (!HEADER.matcher(name).matches()) {
        problems.invalid(
            path.child("httpHeaders"),
            name,
            "a valid HTTP header must consist of alphanumeric characters or '-' (e.g."
                + " 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')");
      }
    }
  }

  private void checkPort(FieldPath path, @Nullable Object port) {
    Numbers.checkPortOrName(path.child("port"), port == null ? 0L : port, problems);
  }
}
