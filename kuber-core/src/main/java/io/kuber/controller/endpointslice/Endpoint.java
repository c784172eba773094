package io.kuber.controller.endpointslice;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import io.kuber.view.ServiceBackend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods as endpoints of a slice. */
final class Endpoint {
  private Endpoint() {}

  /** The endpoints of a Service by what they share, each under its {@link #identity}. */
  static Map<Group, Map<String, Tree>> grouped(
      KubeObject service, List<KubeObject> pods, EndpointSlicePlanner.Nodes nodes) {
    Map<Group, Map<String, Tree>> groups = new LinkedHashMap<>();
    String family = familyOf(service);
    for (KubeObject pod : pods) {
      Items ports = named(ServiceBackend.portsOf(service, pod));
      boolean isListed = !ports.isEmpty() || ServiceBackend.isHeadless(service);
      Optional<String> zone = nodes.zoneOf(Pods.nodeName(pod));
      // Nobody answers on a node that is gone, unless people want to see the pod all the same.
      boolean isThere = zone.isPresent() || ServiceBackend.publishesNotReady(service);
      boolean belongs = ServiceBackend.belongs(pod) && isListed && isThere;
      if (belongs && family.equals(familyOf(address(pod)))) {
        Tree endpoint = of(service, pod, zone.orElse(""));
        groups
            .computeIfAbsent(new Group(family, ports), unused -> new LinkedHashMap<>())
            .put(identity(endpoint), endpoint);
      }
    }
    return groups;
  }

  /** Slices name every port, if only with nothing. */
  private static Items named(Items ports) {
    return Items.copyOf(
        ports.trees().stream()
            .map(port -> port.has("name") ? port : port.with("name", ""))
            .toList());
  }

  /** The address family of a Service, in the words of slices. */
  static String familyOf(KubeObject service) {
    List<String> families = service.spec().items("ipFamilies").texts();
    return families.isEmpty() ? "IPv4" : families.get(0);
  }

  private static String familyOf(String address) {
    return address.indexOf(':') < 0 ? "IPv4" : "IPv6";
  }

  private static String address(KubeObject pod) {
    return pod.status().text("podIP");
  }

  /** Tells whether two endpoints are the same pod at the same address. */
  static String identity(Tree endpoint) {
    List<String> addresses = endpoint.items("addresses").texts();
    return endpoint.text("targetRef", "uid") + "/" + String.join(",", addresses);
  }

  private static Tree of(KubeObject service, KubeObject pod, String zone) {
    boolean serving = Pods.isReady(pod);
    boolean terminating = pod.isBeingDeleted();
    boolean ready = ServiceBackend.publishesNotReady(service) || (serving && !terminating);
    Tree.Builder endpoint =
        Tree.builder()
            .put("addresses", Items.of(address(pod)))
            .put(
                "conditions",
                Tree.of("ready", ready, "serving", serving, "terminating", terminating));
    String hostname = ServiceBackend.hostnameOf(service, pod);
    if (!hostname.isEmpty()) {
      endpoint.put("hostname", hostname);
    }
    endpoint.put("targetRef", ServiceBackend.reference(pod)).put("nodeName", Pods.nodeName(pod));
    if (!zone.isEmpty()) {
      endpoint.put("zone", zone);
    }
    Tree hints = ready ? hints(service, zone, Pods.nodeName(pod)) : Tree.EMPTY;
    if (!hints.isEmpty()) {
      endpoint.put("hints", hints);
    }
    return endpoint.build();
  }

  /** Whose traffic the endpoint is for in the first place (upstream: endpointslice/trafficdist). */
  private static Tree hints(KubeObject service, String zone, String node) {
    String distribution = service.spec().text("trafficDistribution");
    Tree near = zone.isEmpty() ? Tree.EMPTY : Tree.of("forZones", Items.of(Tree.of("name", zone)));
    return switch (distribution) {
      case "PreferSameZone", "PreferClose" -> near;
      case "PreferSameNode" -> near.with("forNodes", Items.of(Tree.of("name", node)));
      default -> Tree.EMPTY;
    };
  }
}
