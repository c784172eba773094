package io.kuber.node.policy;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides who may exchange packets with the pods of a node: pure (networking/v1 NetworkPolicySpec).
 *
 * <p>A pod that no policy is about in a direction is open in it. One that some are about is closed,
 * but for what any of their rules allows.
 */
public final class PolicyPlanner {
  private final Neighbourhood all;
  private final Direction direction;
  private final Selections selections;
  private final Map<Ipv4, String> targets = new TreeMap<>();
  private final Map<String, Grants> profiles = new LinkedHashMap<>();

  private PolicyPlanner(Neighbourhood all, Direction direction, Selections selections) {
    this.all = all;
    this.direction = direction;
    this.selections = selections;
  }

  /** What the pods of the node may do. */
  public static PolicySet plan(Neighbourhood all) {
    Selections selections = new Selections(all);
    return new PolicySet(
        new PolicyPlanner(all, Direction.INGRESS, selections).side(),
        new PolicyPlanner(all, Direction.EGRESS, selections).side());
  }

  private PolicySet.Side side() {
    all.pods().stream().filter(pod -> pod.node().equals(all.node())).forEach(this::close);
    return new PolicySet.Side(targets, profiles);
  }

  private void close(Pod pod) {
    List<Policy> about =
        all.policies().stream().filter(policy -> policy.isAbout(pod, direction)).toList();
    if (!about.isEmpty()) {
      String profile = profile(pod, about);
      profiles.computeIfAbsent(profile, any -> grants(pod, about));
      targets.put(pod.address(), profile);
    }
  }

  /**
   * The same for pods that are treated alike, and for one pod as long as no policy comes or goes.
   */
  private String profile(Pod pod, List<Policy> about) {
    Stream<String> policies = about.stream().map(Policy::key).sorted();
    Stream<String> names =
        direction == Direction.EGRESS
            ? Stream.empty()
            : rules(about)
                .flatMap(part -> part.rule().ports().stream())
                .filter(Port.Named.class::isInstance)
                .map(named -> named + "=" + pod.resolve(named))
                .distinct()
                .sorted();
    return Stream.concat(policies, names).collect(Collectors.joining(","));
  }

  /** A rule with the namespace of its policy. */
  private record Part(String namespace, Rule rule) {}

  private Stream<Part> rules(List<Policy> about) {
    return about.stream()
        .flatMap(
            policy ->
                policy.rules().getOrDefault(direction, List.of()).stream()
                    .map(rule -> new Part(policy.namespace(), rule)));
  }

  private Grants grants(Pod pod, List<Policy> about) {
    AddressRanges open =
        rules(about)
            .filter(part -> part.rule().ports().isEmpty())
            .map(this::addresses)
            .reduce(AddressRanges.NONE, AddressRanges::plus);
    List<Grants.Grant> grants = new ArrayList<>();
    rules(about)
        .forEach(part -> part.rule().ports().forEach(port -> grant(pod, part, port, grants)));
    return Grants.of(open, grants);
  }

  /** A port's name is that of whoever receives: the pod itself, or each peer by itself. */
  private void grant(Pod pod, Part part, Port port, List<Grants.Grant> grants) {
    if (direction == Direction.INGRESS || port instanceof Port.Range) {
      Optional<Port.Range> range = pod.resolve(port);
      range.ifPresent(known -> grants.add(new Grants.Grant(known, addresses(part))));
    } else {
      receivers(part)
          .forEach(
              peer ->
                  peer.resolve(port)
                      .map(range -> new Grants.Grant(range, addresses(List.of(peer))))
                      .ifPresent(grants::add));
    }
  }

  /** The pods among the peers, be they chosen by labels or by address. */
  private Stream<Pod> receivers(Part part) {
    AddressRanges peers = addresses(part);
    return all.pods().stream().filter(pod -> peers.contains(pod.address()));
  }

  private AddressRanges addresses(Part part) {
    return part.rule().peers().isEmpty()
        ? AddressRanges.ALL
        : AddressRanges.of(
            part.rule().peers().stream()
                .flatMap(peer -> addresses(part.namespace(), peer).ranges().stream())
                .toList());
  }

  private AddressRanges addresses(String namespace, Peer peer) {
    return peer instanceof Peer.Block block
        ? block.addresses()
        : addresses(selections.pods(namespace, peer));
  }

  private static AddressRanges addresses(List<Pod> pods) {
    return AddressRanges.ofAddresses(pods.stream().map(Pod::address).toList());
  }
}
