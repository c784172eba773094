package io.kuber.testkit.node;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.view.Condition;
import io.kuber.view.Timestamps;
import java.time.Instant;

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
  private final PodAddresses addresses;
  private Instant readySince;
  private boolean registered;
  private boolean silent;

  SimulatedNode(int number, NodeSettings settings, Instant now) {
    this.number = number;
    this.name = settings.name(number);
    this.settings = settings;
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

  /** The node as it registers. */
  KubeObject node(Instant now) {
    return Resources.NODES
        .object("", name)
        .with(
            Tree.of(
                "kubernetes.io/hostname", name,
                "kubernetes.io/os", "linux",
                "kubernetes.io/arch", "amd64",
                "beta.kubernetes.io/os", "linux",
                "beta.kubernetes.io/arch", "amd64"),
            "metadata",
            "labels")
        .with(network() + ".0/24", "spec", "podCIDR")
        .with(Items.of(network() + ".0/24"), "spec", "podCIDRs")
        .with(status(now), "status");
  }

  Tree status(Instant now) {
    Tree amounts =
        Tree.of(
            "cpu", settings.cpu(),
            "memory", settings.memory(),
            "ephemeral-storage", "100Gi",
            "pods", Integer.toString(settings.pods()));
    return Tree.of(
        "capacity", amounts,
        "allocatable", amounts,
        "conditions", conditions(now),
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
        "machineID", name,
        "systemUUID", name,
        "bootID", name,
        "kernelVersion", "6.0.0-simulated",
        "osImage", "Simulated Linux",
        "containerRuntimeVersion", "kuber://1.36.0",
        "kubeletVersion", VERSION,
        "kubeProxyVersion", "",
        "operatingSystem", "linux",
        "architecture", "amd64");
  }

  KubeObject lease(Instant now) {
    return Resources.LEASES
        .object(LEASE_NAMESPACE, name)
        .with(
            Tree.of(
                "holderIdentity", name,
                "leaseDurationSeconds", LEASE_SECONDS,
                "renewTime", Timestamps.micros(now)),
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
