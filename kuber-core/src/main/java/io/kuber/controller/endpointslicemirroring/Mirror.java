package io.kuber.controller.endpointslicemirroring;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one slice should hold.
 *
 * @param addressType {@code IPv4} or {@code IPv6}
 * @param ports the ports that all endpoints have in common
 */
record Mirror(String addressType, Items ports, List<Tree> endpoints) {
  /** Endpoints of one slice (upstream: --mirroring-max-endpoints-per-subset). */
  static final int MAX_ENDPOINTS = 1000;

  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

  /** Annotations that tell about the writing of the Endpoints, and not about what they mean. */
  private static final List<String> NOT_COPIED =
      List.of(
          "endpoints.kubernetes.io/last-change-trigger-time",
          "kubectl.kubernetes.io/last-applied-configuration");

  /** What two mirrors must not share. */
  private record Group(String addressType, Items ports) {}

  /** Copies the endpoints. */
  Mirror {
    endpoints = List.copyOf(endpoints);
  }

  static boolean isOurs(KubeObject slice) {
    return MANAGER.equals(slice.labels().get(MANAGED_BY));
  }

  /** The name of the Endpoints that one of our slices says it copies; empty for others'. */
  static String sourceOf(KubeObject slice) {
    return isOurs(slice) ? slice.labels().getOrDefault(SERVICE_NAME, "") : "";
  }

  /** The mirrors of Endpoints, in the order of their subsets. */
  static List<Mirror> of(KubeObject endpoints) {
    Map<Group, List<Tree>> groups = new LinkedHashMap<>();
    for (Tree subset : endpoints.tree().items("subsets").trees()) {
      Items ports = ports(subset);
      add(subset.items("addresses"), true, ports, groups);
      add(subset.items("notReadyAddresses"), false, ports, groups);
    }
    List<Mirror> mirrors = new ArrayList<>();
    groups.forEach((group, all) -> mirrors.add(new Mirror(group.addressType, group.ports, all)));
    return mirrors;
  }

  private static void add(
      Items addresses, boolean ready, Items ports, Map<Group, List<Tree>> groups) {
    for (Tree address : addresses.trees()) {
      Group group = new Group(address.text("ip").contains(":") ? "IPv6" : "IPv4", ports);
      List<Tree> endpoints = groups.computeIfAbsent(group, unused -> new ArrayList<>());
      if (endpoints.size() < MAX_ENDPOINTS) {
        endpoints.add(endpoint(address, ready));
      }
    }
  }

  /** A port of a slice has a name, if only an empty one. */
  private static Items ports(Tree subset) {
    return Items.copyOf(
        subset.items("ports").trees().stream()
            .map(port -> port.with("name", port.text("name")))
            .toList());
  }

  private static Tree endpoint(Tree address, boolean ready) {
    Tree.Builder endpoint =
        Tree.builder()
            .put("addresses", Items.of(address.text("ip")))
            .put("conditions", Tree.of("ready", ready));
    for (String field : List.of("hostname", "nodeName", "targetRef")) {
      endpoint.putIfPresent(field, address.get(field));
    }
    return endpoint.build();
  }

  /** Whether the slice can hold this mirror; its type cannot change. */
  boolean isLike(KubeObject slice) {
    return slice.tree().text("addressType").equals(addressType)
        && slice.tree().items("ports").equals(ports);
  }

  /** A slice that is not written yet. */
  KubeObject fresh(KubeObject owner) {
    Tree metadata =
        Tree.of(
            "generateName",
            owner.name() + "-",
            "namespace",
            owner.namespace(),
            "ownerReferences",
            Items.of(OwnerReference.controllerOf(owner).toTree()));
    Tree slice =
        Tree.of(
            "apiVersion",
            Resources.ENDPOINT_SLICES.apiVersion(),
            "kind",
            Resources.ENDPOINT_SLICES.kind(),
            "metadata",
            metadata,
            "addressType",
            addressType,
            "ports",
            ports);
    return writtenInto(KubeObject.of(slice), owner);
  }

  /** The slice with the endpoints of this mirror, and labels and annotations of its owner. */
  KubeObject writtenInto(KubeObject slice, KubeObject owner) {
    Tree labels =
        owner.metadata().tree("labels").with(SERVICE_NAME, owner.name()).with(MANAGED_BY, MANAGER);
    Tree annotations = owner.metadata().tree("annotations");
    for (String name : NOT_COPIED) {
      annotations = annotations.without(name);
    }
    KubeObject written =
        slice.with(labels, "metadata", "labels").with(Items.copyOf(endpoints), "endpoints");
    return annotations.isEmpty()
        ? written.without("metadata", "annotations")
        : written.with(annotations, "metadata", "annotations");
  }
}
