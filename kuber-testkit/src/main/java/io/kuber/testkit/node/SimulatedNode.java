package io.kuber.testkit.node;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One simulated node: what it says of itself, and addresses for its pods. Owned by one loop. */
final class SimulatedNode {
  static final String VERSION = "v1.36.0+kuber";
  private static final String LEASE_NAMESPACE = "kube-node-lease";
  private static final long LEASE_SECONDS = 40;
  private static final int OCTET = 256;

  /** The second octet of the first node's pod network. */
  private static final int FIRST_NETWORK = 128;

  private final int number;
  private final String name;
  private final NodeSettings settings;
  private final Map<String, String> labels;
  private final PodAddresses addresses;
  private Instant readySince;
  private boolean registered;
  private boolean silent;
  private Duration skew = Duration.ZERO;

  /**
   * A node.
   *
   * @param number among all nodes, from which its addresses follow
   * @param member its number within its group
   */
  SimulatedNode(int number, int member, NodeSettings settings, Instant now) {
    this.number = number;
    this.name = settings.name(member);
    this.settings = settings;
    this.labels = settings.labelsOf(member);
    this.addresses = new PodAddresses(network());
    this.readySince = now;
  }

  String name() {
    return name;
  }

  PodAddresses addresses() {
    return addresses;
  }

  /** Whether it renews and reports: not before the API knows it, nor while it is silent. */
  boolean isReporting() {
    return registered && !silent;
  }

  void registered() {
    registered = true;
  }

  /** Whether it says and does nothing, as if its machine had lost power. */
  boolean isSilent() {
    return silent;
  }

  void silence() {
    silent = true;
  }

  void revive(Instant now) {
    silent = false;
    readySince = now;
  }

  NodeSettings settings() {
    return settings;
  }

  /** The clock of its machine goes ahead by so much, or behind where it is negative. */
  void skew(Duration by) {
    skew = by;
  }

  /** What the clock of its machine shows. */
  Instant time(Instant now) {
    return now.plus(skew);
  }

  /** The node as it registers. */
  KubeObject node(Instant now) {
    KubeObject node =
        Resources.NODES
            .object("", name)
            .with(Tree.ofTexts(labels), "metadata", "labels")
            .with(network() + ".0/24", "spec", "podCIDR")
            .with(Items.of(network() + ".0/24"), "spec", "podCIDRs")
            .with(status(now), "status");
    List<Tree> taints = settings.taints().stream().map(Taint::parse).map(Taint::tree).toList();
    return taints.isEmpty() ? node : node.with(Items.copyOf(taints), "spec", "taints");
  }

  Tree status(Instant now) {
    Tree amounts = Tree.ofTexts(settings.capacity());
    return Tree.of(
        "capacity", amounts,
        "allocatable", amounts,
        "conditions", conditions(time(now)),
        "addresses",
            Items.of(
                Tree.of("type", "InternalIP", "address", hostIp()),
                Tree.of("type", "Hostname", "address", name)),
        "daemonEndpoints", Tree.of("kubeletEndpoint", Tree.of("Port", 10250L)),
        "nodeInfo", nodeInfo());
  }

  private Items conditions(Instant now) {
    return Items.of(
        condition(
            "MemoryPressure",
            "False",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available",
            now),
        condition(
            "DiskPressure",
            "False",
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure",
            now),
        condition(
            "PIDPressure",
            "False",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available",
            now),
        condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now));
  }

  private Tree condition(String type, String value, String reason, String message, Instant now) {
    return Condition.of(type, value, reason, message, readySince)
        .with("lastHeartbeatTime", Timestamps.seconds(now))
        .tree();
  }

  private Tree nodeInfo() {
    return Tree.of(
        "machineID",
        name,
        "systemUUID",
        name,
        "bootID",
        name,
        "kernelVersion",
        "6.0.0-simulated",
        "osImage",
        "Simulated Linux",
        "containerRuntimeVersion",
        "kuber://1.36.0",
        "kubeletVersion",
        VERSION,
        "kubeProxyVersion",
        "",
        "operatingSystem",
        label(NodeSettings.OS),
        "architecture",
        label(NodeSettings.ARCH));
  }

  private String label(String label) {
    return labels.getOrDefault(label, "");
  }

  KubeObject lease(Instant now) {
    return Resources.LEASES
        .object(LEASE_NAMESPACE, name)
        .with(
            Tree.of(
                "holderIdentity", name,
                "leaseDurationSeconds", LEASE_SECONDS,
                "renewTime", Timestamps.micros(time(now))),
            "spec");
  }

  /** The address of the node itself; counted from one, since x.y.0.0 reads as a network. */
  String hostIp() {
    return "192.168." + (number + 1) / OCTET + "." + (number + 1) % OCTET;
  }

  private String network() {
    return "10." + (FIRST_NETWORK + number / OCTET) + "." + number % OCTET;
  }
}
