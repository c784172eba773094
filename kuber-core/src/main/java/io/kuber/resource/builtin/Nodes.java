package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code v1 Node}. */
final class Nodes implements KindRules {
  static final Kind KIND =
      Kind.of(
              Resources.NODES,
              new Nodes(),
              Columns.none()
                  .name()
                  .text("Status", (node, now) -> status(node))
                  .text("Roles", (node, now) -> roles(node))
                  .age()
                  .text("Version", (node, now) -> info(node, "kubeletVersion"))
                  .wide("Internal-IP", (node, now) -> address(node, "InternalIP"))
                  .wide("External-IP", (node, now) -> address(node, "ExternalIP"))
                  .wide("OS-Image", (node, now) -> known(info(node, "osImage")))
                  .wide("Kernel-Version", (node, now) -> known(info(node, "kernelVersion")))
                  .wide(
                      "Container-Runtime",
                      (node, now) -> known(info(node, "containerRuntimeVersion"))))
          .with(Trait.STATUS)
          .with(Subresource.ofStream("proxy", "v1", "NodeProxyOptions"))
          .selectable("spec.unschedulable");

  private static final String ROLE_LABEL = "node-role.kubernetes.io/";

  private Nodes() {}

  private static String status(KubeObject node) {
    List<String> words = new ArrayList<>();
    for (Tree condition : node.status().items("conditions").trees()) {
      if (condition.text("type").equals("Ready")) {
        words.add(condition.text("status").equals("True") ? "Ready" : "NotReady");
      }
    }
    if (words.isEmpty()) {
      words.add("Unknown");
    }
    if (node.spec().isTrue("unschedulable")) {
      words.add("SchedulingDisabled");
    }
    return String.join(",", words);
  }

  private static String roles(KubeObject node) {
    TreeSet<String> roles = new TreeSet<>();
    for (Map.Entry<String, String> label : node.labels().entrySet()) {
      if (label.getKey().startsWith(ROLE_LABEL)) {
        roles.add(label.getKey().substring(ROLE_LABEL.length()));
      } else if (label.getKey().equals("kubernetes.io/role") && !label.getValue().isEmpty()) {
        roles.add(label.getValue());
      }
    }
    roles.remove("");
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }

  private static String info(KubeObject node, String field) {
    return node.status().text("nodeInfo", field);
  }

  private static String known(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }

  private static String address(KubeObject node, String type) {
    return node.status().items("addresses").trees().stream()
        .filter(address -> address.text("type").equals(type))
        .map(address -> address.text("address"))
        .findFirst()
        .orElse("<none>");
  }

  @Override
  public String absent(String field) {
    return field.equals("spec.unschedulable") ? "false" : "";
  }

  @Override
  public KubeObject defaulted(KubeObject node) {
    Tree capacity = node.status().tree("capacity");
    return capacity.isEmpty() ? node : Workload.or(node, capacity, "status", "allocatable");
  }

  /** An agent registers its node together with its status. */
  @Override
  public KubeObject prepared(KubeObject created) {
    return created;
  }

  @Override
  public void check(KubeObject node, Problems problems) {
    MetadataCheck.check(node, Names.SUBDOMAIN, problems);
    FieldPath taintsPath = FieldPath.SPEC.child("taints");
    List<Tree> taints = node.spec().items("taints").trees();
    for (int i = 0; i < taints.size(); i++) {
      FieldPath field = taintsPath.index(i);
      Names.checkKey(field.child("key"), taints.get(i).text("key"), problems);
      if (taints.get(i).text("effect").isEmpty()) {
        problems.required(field.child("effect"), "");
      }
      Numbers.checkOneOf(
          field,
          taints.get(i),
          "effect",
          List.of("NoSchedule", "PreferNoSchedule", "NoExecute"),
          problems);
    }
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    for (String once : new String[] {"podCIDR", "providerID"}) {
      String was = old.spec().text(once);
      if (!was.isEmpty() && !was.equals(updated.spec().text(once))) {
        problems.forbidden(
            FieldPath.SPEC.child(once),
            "node updates may not change " + once + " except from \"\" to valid");
      }
    }
  }
}
