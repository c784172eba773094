package io.kuber.node.feed;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.node.policy.Direction;
import io.kuber.node.policy.Peer;
import io.kuber.node.policy.Pod;
import io.kuber.node.policy.Policy;
import io.kuber.node.policy.Port;
import io.kuber.node.policy.Rule;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.selector.LabelSelector;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads policies and pods out of their objects: pure. */
final class PolicyReading {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private PolicyReading() {}

  /**
   * A NetworkPolicy.
   *
   * @throws IllegalArgumentException if it has a block or selector that cannot be read
   */
  static Policy policy(KubeObject policy) {
    Tree spec = policy.spec();
    Map<Direction, List<Rule>> rules = new EnumMap<>(Direction.class);
    if (isAbout(spec, "Ingress")) {
      rules.put(Direction.INGRESS, rules(spec, "ingress", "from"));
    }
    if (isAbout(spec, "Egress")) {
      rules.put(Direction.EGRESS, rules(spec, "egress", "to"));
    }
    return new Policy(
        policy.namespace(), policy.name(), LabelSelector.of(spec.tree("podSelector")), rules);
  }

  /** Without types a policy is about ingress, and about egress if it has rules for it. */
  private static boolean isAbout(Tree spec, String type) {
    List<String> types = spec.items("policyTypes").texts();
    return types.isEmpty()
        ? type.equals("Ingress") || !spec.items("egress").isEmpty()
        : types.contains(type);
  }

  private static List<Rule> rules(Tree spec, String direction, String whom) {
    return spec.items(direction).trees().stream()
        .map(
            rule ->
                new Rule(
                    rule.items(whom).trees().stream().map(PolicyReading::peer).toList(),
                    rule.items("ports").trees().stream().map(PolicyReading::port).toList()))
        .toList();
  }

  private static Peer peer(Tree peer) {
    if (peer.has("ipBlock")) {
      return new Peer.Block(block(peer.tree("ipBlock")));
    }
    LabelSelector pods = LabelSelector.of(peer.tree("podSelector"));
    return peer.has("namespaceSelector")
        ? new Peer.Pods(LabelSelector.of(peer.tree("namespaceSelector")), pods)
        : new Peer.Neighbours(pods);
  }

  private static AddressRanges block(Tree block) {
    AddressRanges addresses = AddressRanges.ofBlock(block.text("cidr"));
    for (String hole : block.items("except").texts()) {
      addresses = addresses.minus(AddressRanges.ofBlock(hole));
    }
    return addresses;
  }

  /** The port is a number, a name, or not there, which means all of them. */
  private static Port port(Tree port) {
    Protocol protocol = Protocol.named(port.text("protocol"));
    if (!port.has("port")) {
      return Port.Range.all(protocol);
    }
    int first = (int) port.number(0, "port");
    return first == 0
        ? new Port.Named(protocol, port.text("port"))
        : new Port.Range(protocol, first, (int) port.number(first, "endPort"));
  }

  /** A pod, if it has an address of its own and has not ended. */
  static Optional<Pod> pod(KubeObject pod) {
    if (pod.spec().isTrue("hostNetwork") || ENDED.contains(pod.status().text("phase"))) {
      return Optional.empty();
    }
    return Stream.concat(
            Stream.of(pod.status().text("podIP")),
            pod.status().items("podIPs").trees().stream().map(address -> address.text("ip")))
        .filter(ServiceView::isIpv4)
        .findFirst()
        .map(
            address ->
                new Pod(
                    pod.namespace(),
                    pod.name(),
                    Ipv4.parse(address),
                    pod.spec().text("nodeName"),
                    pod.labels(),
                    ports(pod.spec())));
  }

  private static Map<Port.Named, Integer> ports(Tree spec) {
    Map<Port.Named, Integer> ports = new HashMap<>();
    for (Tree container : spec.items("containers").trees()) {
      for (Tree port : container.items("ports").trees()) {
        if (!port.text("name").isEmpty()) {
          ports.putIfAbsent(
              new Port.Named(Protocol.named(port.text("protocol")), port.text("name")),
              (int) port.number(0, "containerPort"));
        }
      }
    }
    return ports;
  }
}
