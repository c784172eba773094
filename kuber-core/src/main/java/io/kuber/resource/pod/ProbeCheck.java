package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;
import java.util.List;

/** What is wrong with one probe. */
final class ProbeCheck {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");

  private ProbeCheck() {}

  static void check(FieldPath path, Tree probe, String which, Problems problems) {
    checkHandler(path, probe, problems);
    for (String seconds :
        new String[] {
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold"
        }) {
      Numbers.checkNotNegative(path, probe, seconds, problems);
    }
    if (!which.equals("readinessProbe") && probe.number(1, "successThreshold") != 1) {
      problems.invalid(
          path.child("successThreshold"), probe.number(1, "successThreshold"), "must be 1");
    }
  }

  private static void checkHandler(FieldPath path, Tree probe, Problems problems) {
    List<String> given = HANDLERS.stream().filter(probe::has).toList();
    if (given.isEmpty()) {
      problems.required(path, "must specify a handler type");
    }
    for (String more : given.stream().skip(1).toList()) {
      problems.forbidden(path.child(more), "may not specify more than 1 handler type");
    }
    for (String handler : given) {
      if (handler.equals("exec") && probe.items("exec", "command").isEmpty()) {
        problems.required(path.child("exec", "command"), "");
      }
      Object port = probe.at(handler, "port");
      if (!handler.equals("exec")) {
        Numbers.checkPortOrName(path.child(handler, "port"), port == null ? 0L : port, problems);
      }
    }
  }
}
