package io.kuber.schema.generator;

import java.util.Map;
import java.util.Set;

/** API groups by the label that their protobuf packages have. */
final class Groups {
  private static final Set<String> BARE =
      Set.of("apps", "autoscaling", "batch", "extensions", "policy");

  private static final Map<String, String> ODD =
      Map.of(
          "core", "",
          "rbac", "rbac.authorization.k8s.io",
          "flowcontrol", "flowcontrol.apiserver.k8s.io",
          "apiserverinternal", "internal.apiserver.k8s.io");

  private Groups() {}

  static String ofLabel(String label) {
    return ODD.getOrDefault(label, BARE.contains(label) ? label : label + ".k8s.io");
  }
}
