package io.kuber.controller.endpoints;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.Pods;
import io.kuber.view.ServiceBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses behind a service, grouped by the ports that they have in common (upstream:
 * RepackSubsets in pkg/api/v1/endpoints).
 *
 * @param groups the ports of each group of addresses
 * @param isTruncated whether addresses had to be left out
 */
record Subsets(Map<Addresses, List<Tree>> groups, boolean isTruncated) {
  /** Addresses of one Endpoints object (upstream: maxCapacity). */
  static final int MAX_ADDRESSES = 1000;

  /** Stands for the ports of a headless service that has none. */
  private static final List<Tree> NO_PORTS = List.of(Tree.EMPTY);

  /** The pods that take traffic, and those that may do so later. */
  record Addresses(List<Tree> ready, List<Tree> notReady) {
    Addresses() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    int size() {
      return ready.size() + notReady.size();
    }

    Addresses limited(int max) {
      List<Tree> first = ready.subList(0, Math.min(max, ready.size()));
      int room = max - first.size();
      return new Addresses(first, notReady.subList(0, Math.min(room, notReady.size())));
    }
  }

  static Subsets of(KubeObject service, List<KubeObject> pods) {
    Map<Tree, Addresses> byPort = byPort(service, pods);
    Map<Addresses, List<Tree>> groups = new LinkedHashMap<>();
    byPort.forEach(
        (port, addresses) -> groups.computeIfAbsent(addresses, a -> new ArrayList<>()).add(port));
    return limited(groups);
  }

  private static Map<Tree, Addresses> byPort(KubeObject service, List<KubeObject> pods) {
    boolean publishAll = ServiceBackend.publishesNotReady(service);
    List<KubeObject> inOrder = new ArrayList<>(pods);
    inOrder.removeIf(pod -> !ServiceBackend.belongs(pod) || (pod.isBeingDeleted() && !publishAll));
    inOrder.sort(Comparator.comparing(Subsets::ip).thenComparing(KubeObject::uid));
    Map<Tree, Addresses> byPort = new LinkedHashMap<>();
    for (KubeObject pod : inOrder) {
      Tree address = address(pod, service);
      boolean ready = publishAll || Pods.isReady(pod);
      for (Tree port : ports(service, pod)) {
        Addresses addresses = byPort.computeIfAbsent(port, unused -> new Addresses());
        (ready ? addresses.ready() : addresses.notReady()).add(address);
      }
    }
    return byPort;
  }

  private static List<Tree> ports(KubeObject service, KubeObject pod) {
    if (!service.spec().items("ports").isEmpty()) {
      return ServiceBackend.portsOf(service, pod).trees();
    }
    return ServiceBackend.isHeadless(service) ? NO_PORTS : List.of();
  }

  private static String ip(KubeObject pod) {
    return pod.status().text("podIP");
  }

  private static Tree address(KubeObject pod, KubeObject service) {
    Tree.Builder address = Tree.builder().put("ip", ip(pod));
    String hostname = ServiceBackend.hostnameOf(service, pod);
    if (!hostname.isEmpty()) {
      address.put("hostname", hostname);
    }
    if (!Pods.nodeName(pod).isEmpty()) {
      address.put("nodeName", Pods.nodeName(pod));
    }
    return address.put("targetRef", ServiceBackend.reference(pod)).build();
  }

  /** Of each group its share, ready addresses first. */
  private static Subsets limited(Map<Addresses, List<Tree>> groups) {
    int total = groups.keySet().stream().mapToInt(Addresses::size).sum();
    if (total <= MAX_ADDRESSES) {
      return new Subsets(groups, false);
    }
    Map<Addresses, List<Tree>> limited = new LinkedHashMap<>();
    groups.forEach(
        (addresses, ports) -> {
          int share = Math.max(1, addresses.size() * MAX_ADDRESSES / total);
          limited.put(addresses.limited(share), ports);
        });
    return new Subsets(limited, true);
  }

  /** The subsets as Endpoints carry them. */
  Items toItems() {
    List<Tree> subsets = new ArrayList<>();
    groups.forEach(
        (addresses, ports) -> {
          Tree.Builder subset = Tree.builder();
          put(subset, "addresses", addresses.ready());
          put(subset, "notReadyAddresses", addresses.notReady());
          put(subset, "ports", ports.equals(NO_PORTS) ? List.of() : ports);
          subsets.add(subset.build());
        });
    return Items.copyOf(subsets);
  }

  private static void put(Tree.Builder subset, String field, List<Tree> values) {
    if (!values.isEmpty()) {
      subset.put(field, Items.copyOf(values));
    }
  }
}
