package io.kuber.admission.podsecurity;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a pod may not have of its node. */
final class HostChecks {
  private HostChecks() {}

  /** {@code check_hostNamespaces.go}. */
  static Optional<Violation> namespaces(PodView pod) {
    List<String> shared =
        Stream.of("hostNetwork", "hostPID", "hostIPC")
            .filter(pod.spec()::isTrue)
            .map(field -> field + "=true")
            .toList();
    return shared.isEmpty()
        ? Optional.empty()
        : Violation.of("host namespaces", String.join(", ", shared));
  }

  /** {@code check_hostPorts.go}. */
  static Optional<Violation> ports(PodView pod) {
    List<String> containers = new ArrayList<>();
    SortedSet<String> ports = new TreeSet<>();
    for (Tree container : pod.containers()) {
      List<String> own =
          container.items("ports").trees().stream()
              .map(port -> port.number(0, "hostPort"))
              .filter(port -> port != 0)
              .map(String::valueOf)
              .toList();
      ports.addAll(own);
      if (!own.isEmpty()) {
        containers.add(container.text("name"));
      }
    }
    return containers.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "hostPort",
            "%s %s %s %s"
                .formatted(
                    Violation.containers(containers),
                    uses(containers.size()),
                    Violation.plural("hostPort", ports.size()),
                    String.join(", ", ports)));
  }

  /** {@code check_hostProbesAndhostLifecycle.go}. */
  static Optional<Violation> probes(PodView pod) {
    SortedSet<String> containers = new TreeSet<>();
    SortedSet<String> hosts = new TreeSet<>();
    for (Tree container : pod.containers()) {
      List<String> own = hosts(container);
      hosts.addAll(own);
      if (!own.isEmpty()) {
        containers.add(container.text("name"));
      }
    }
    String reason = "probe or lifecycle host";
    return containers.isEmpty()
        ? Optional.empty()
        : Violation.of(
            reason,
            "%s %s %s"
                .formatted(
                    Violation.containers(containers),
                    uses(containers.size()),
                    Violation.named(reason, hosts)));
  }

  private static List<String> hosts(Tree container) {
    return Stream.of(
            container.tree("livenessProbe"),
            container.tree("readinessProbe"),
            container.tree("startupProbe"),
            container.tree("lifecycle", "postStart"),
            container.tree("lifecycle", "preStop"))
        .flatMap(asked -> Stream.of(asked.text("httpGet", "host"), asked.text("tcpSocket", "host")))
        .filter(host -> !host.isEmpty())
        .toList();
  }

  /** {@code check_windowsHostProcess.go}. */
  static Optional<Violation> process(PodView pod) {
    Setters setters = Setters.of(pod, context -> context.isTrue("windowsOptions", "hostProcess"));
    return setters.isEmpty()
        ? Optional.empty()
        : Violation.of(
            "hostProcess",
            setters.text() + " must not set securityContext.windowsOptions.hostProcess=true");
  }

  static String uses(int count) {
    return count == 1 ? "uses" : "use";
  }
}
