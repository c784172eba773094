package io.kuber.resource.builtin.networking;

import io.kuber.object.KubeObject;
import io.kuber.resource.Columns;
import java.util.List;
import java.util.stream.Collectors;

/** How tables show ingresses. */
final class IngressColumns {
  /** Hosts that stand in the column; of others only the number does. */
  private static final int MAX_HOSTS = 3;

  static final Columns COLUMNS =
      Columns.none()
          .name()
          .text("Class", (ingress, now) -> className(ingress))
          .text("Hosts", (ingress, now) -> hosts(ingress))
          .text("Address", (ingress, now) -> address(ingress))
          .text("Ports", (ingress, now) -> ports(ingress))
          .age();

  private IngressColumns() {}

  private static String className(KubeObject ingress) {
    String name = ingress.spec().text("ingressClassName");
    return name.isEmpty() ? "<none>" : name;
  }

  private static String hosts(KubeObject ingress) {
    List<String> hosts =
        ingress.spec().items("rules").trees().stream()
            .map(rule -> rule.text("host"))
            .filter(host -> !host.isEmpty())
            .toList();
    if (hosts.isEmpty()) {
      return "*";
    }
    String shown = String.join(",", hosts.subList(0, Math.min(MAX_HOSTS, hosts.size())));
    int more = hosts.size() - MAX_HOSTS;
    return more > 0 ? shown + " + " + more + " more..." : shown;
  }

  private static String address(KubeObject ingress) {
    return ingress.status().items("loadBalancer", "ingress").trees().stream()
        .map(point -> point.text("ip").isEmpty() ? point.text("hostname") : point.text("ip"))
        .filter(address -> !address.isEmpty())
        .collect(Collectors.joining(","));
  }

  private static String ports(KubeObject ingress) {
    return ingress.spec().items("tls").isEmpty() ? "80" : "80, 443";
  }
}
