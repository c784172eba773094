package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How tables show services. */
final class ServiceColumns {
  static final Columns COLUMNS =
      Columns.none()
          .name()
          .text("Type", (service, now) -> service.spec().text("type"))
          .text("Cluster-IP", (service, now) -> orNone(service.spec().text("clusterIP")))
          .text("External-IP", (service, now) -> external(service))
          .text("Port(s)", (service, now) -> ports(service))
          .age()
          .wide("Selector", (service, now) -> selector(service));

  private ServiceColumns() {}

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  private static String external(KubeObject service) {
    List<String> addresses = new ArrayList<>(service.spec().items("externalIPs").texts());
    switch (service.spec().text("type")) {
      case "ExternalName" -> {
        return service.spec().text("externalName");
      }
      case "LoadBalancer" -> {
        List<String> given = ingress(service);
        given.addAll(addresses);
        return given.isEmpty() ? "<pending>" : String.join(",", given);
      }
      default -> {
        return orNone(String.join(",", addresses));
      }
    }
  }

  private static List<String> ingress(KubeObject service) {
    List<String> addresses = new ArrayList<>();
    for (Tree ingress : service.status().items("loadBalancer", "ingress").trees()) {
      addresses.add(ingress.text("ip").isEmpty() ? ingress.text("hostname") : ingress.text("ip"));
    }
    return addresses;
  }

  private static String ports(KubeObject service) {
    return orNone(
        service.spec().items("ports").trees().stream()
            .map(ServiceColumns::port)
            .collect(Collectors.joining(",")));
  }

  private static String port(Tree port) {
    long nodePort = port.number(0, "nodePort");
    return port.number(0, "port")
        + (nodePort > 0 ? ":" + nodePort : "")
        + "/"
        + port.text("protocol");
  }

  private static String selector(KubeObject service) {
    Tree selector = service.spec().tree("selector");
    return selector.isEmpty() ? "<none>" : LabelSelector.ofLabels(selector.texts()).toString();
  }
}
