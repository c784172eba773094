package io.kuber.node;

import io.kuber.node.eviction.Pressure;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The node object that an agent keeps (core/v1 Node). Pure. */
final class NodeStatus {
  private NodeStatus() {}

  /** The node as it is registered. */
  static KubeObject node(NodeConfig config, HostFacts host, Instant now) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("beta.kubernetes.io/arch", host.architecture());
    labels.put("beta.kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", host.architecture());
    labels.put("kubernetes.io/hostname", config.name());
    labels.put("kubernetes.io/os", "linux");
    return Resources.NODES
        .object("", config.name())
        .with(Tree.ofTexts(labels), "metadata", "labels")
        .with(Tree.of("podCIDR", config.podCidr(), "podCIDRs", Items.of(config.podCidr())), "spec")
        .with(status(config, host, NodeReport.NONE, Items.EMPTY, now), "status");
  }

  /**
   * The status to be merged into the node's.
   *
   * @param report what others know of the node
   * @param old the conditions so far, whose times of transition are kept
   */
  static Tree status(NodeConfig config, HostFacts host, NodeReport report, Items old, Instant now) {
    Tree status =
        Tree.of(
            "capacity",
            Tree.ofTexts(config.capacity()),
            "allocatable",
            Tree.ofTexts(config.allocatable()),
            "conditions",
            conditions(report, old, now),
            "addresses",
            Items.of(
                Tree.of("type", "InternalIP", "address", config.hostIp()),
                Tree.of("type", "Hostname", "address", config.name())),
            "nodeInfo",
            host.toTree(config.version()));
    return report.port().isEmpty()
        ? status
        : status.withAt(
            (long) report.port().getAsInt(), "daemonEndpoints", "kubeletEndpoint", "Port");
  }

  private static Items conditions(NodeReport report, Items old, Instant now) {
    List<Tree> conditions = new ArrayList<>();
    for (Pressure pressure : Pressure.values()) {
      boolean isPresent = report.pressures().contains(pressure);
      Pressure.Words words = pressure.words(isPresent);
      conditions.add(
          condition(
              old,
              pressure.type(),
              isPresent ? "True" : "False",
              words.reason(),
              words.message(),
              now));
    }
    conditions.add(
        condition(old, "Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
    return Items.copyOf(conditions);
  }

  private static Tree condition(
      Items old, String type, String status, String reason, String message, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String since =
        old.trees().stream()
            .filter(
                condition ->
                    condition.text("type").equals(type) && condition.text("status").equals(status))
            .map(condition -> condition.text("lastTransitionTime"))
            .findFirst()
            .orElse(time);
    return Tree.of(
        "type", type,
        "status", status,
        "lastHeartbeatTime", time,
        "lastTransitionTime", since,
        "reason", reason,
        "message", message);
  }
}
