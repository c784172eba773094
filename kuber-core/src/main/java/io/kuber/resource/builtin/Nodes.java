package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Subresource;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
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

  /** Old clients know one block of addresses of pods; the list begins with it. */
  @Override
  public KubeObject defaulted(KubeObject node) {
    String block = node.spec().text("podCIDR");
    Items blocks = node.spec().items("podCIDRs");
    KubeObject complete = node;
    if (!block.isEmpty() && blocks.isEmpty()) {
      complete = node.with(Items.of(block), "spec", "podCIDRs");
    } else if (!blocks.isEmpty()) {
      complete = node.with(blocks.get(0), "spec", "podCIDR");
    }
    Tree capacity = node.status().tree("capacity");
    return capacity.isEmpty() ? complete : Workload.or(complete, capacity, "status", "allocatable");
  }

  /** An agent registers its node together with its status. */
  @Override
  public KubeObject prepared(KubeObject created) {
    return created;
  }

  @Override
  public void check(KubeObject node, Problems problems) {
    MetadataCheck.check(node, Names.SUBDOMAIN, problems);
    NodeCheck.check(node, problems);
  }

  @Override
  public void checkCreate(KubeObject created, Problems problems) {
    NodeCheck.checkBlocks(created.spec().items("podCIDRs"), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    NodeCheck.checkUpdate(updated, old, problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    NodeCheck.check(updated, problems);
    NodeCheck.checkUpdate(updated, old, problems);
  }
}
