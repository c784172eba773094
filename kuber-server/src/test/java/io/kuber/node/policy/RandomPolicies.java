package io.kuber.node.policy;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Protocol;
import io.kuber.selector.LabelSelector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Makes up small clusters with policies, so small that everything happens to everything. */
public final class RandomPolicies {
  static final String NODE = "node-1";

  private static final List<String> NAMESPACES = List.of("a", "b", "c");
  private static final List<String> VALUES = List.of("x", "y");
  private static final List<String> PORT_NAMES = List.of("http", "dns");
  private static final List<String> BLOCKS =
      List.of("10.244.0.0/24", "10.244.0.0/29", "10.244.0.4/30", "198.51.100.0/24", "0.0.0.0/0");
  private static final int MOST_PODS = 7;
  private static final int MOST_POLICIES = 5;

  private final Random random;

  public RandomPolicies(Random random) {
    this.random = random;
  }

  public Neighbourhood next() {
    return new Neighbourhood(NODE, namespaces(), pods(), many(MOST_POLICIES, this::policy));
  }

  /** The same with something else in it. */
  public Neighbourhood after(Neighbourhood before) {
    return switch (random.nextInt(4)) {
      case 0 -> new Neighbourhood(NODE, namespaces(), before.pods(), before.policies());
      case 1 -> new Neighbourhood(NODE, before.namespaces(), pods(), before.policies());
      case 2 -> {
        List<Policy> policies = new ArrayList<>(before.policies());
        policies.add(policy());
        policies.remove(random.nextInt(policies.size()));
        yield new Neighbourhood(NODE, before.namespaces(), before.pods(), policies);
      }
      default ->
          new Neighbourhood(
              NODE, before.namespaces(), before.pods(), many(MOST_POLICIES, this::policy));
    };
  }

  private Map<String, Map<String, String>> namespaces() {
    Map<String, Map<String, String>> namespaces = new HashMap<>();
    NAMESPACES.stream().filter(any -> chance(9)).forEach(name -> namespaces.put(name, labels()));
    return namespaces;
  }

  private List<Pod> pods() {
    return IntStream.range(0, random.nextInt(MOST_PODS + 1)).mapToObj(this::pod).toList();
  }

  private Pod pod(int number) {
    Map<Port.Named, Integer> ports = new HashMap<>();
    for (String name : PORT_NAMES) {
      if (chance(5)) {
        ports.put(new Port.Named(one(List.of(Protocol.values())), name), 79 + random.nextInt(4));
      }
    }
    return new Pod(
        one(NAMESPACES),
        "p" + number,
        Ipv4.parse("10.244.0." + (2 + number)),
        chance(6) ? NODE : "node-2",
        labels(),
        ports);
  }

  private Policy policy() {
    Map<Direction, List<Rule>> rules = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      if (chance(7)) {
        rules.put(direction, many(2, this::rule));
      }
    }
    return new Policy(one(NAMESPACES), "n" + random.nextInt(100), selector(), rules);
  }

  private Rule rule() {
    return new Rule(many(2, this::peer), many(2, this::port));
  }

  private Peer peer() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new Peer.Block(
              AddressRanges.ofBlock(one(BLOCKS)).minus(AddressRanges.ofBlock(one(BLOCKS))));
      case 1 -> new Peer.Neighbours(selector());
      default -> new Peer.Pods(selector(), selector());
    };
  }

  private Port port() {
    Protocol protocol = one(List.of(Protocol.values()));
    return switch (random.nextInt(3)) {
      case 0 -> new Port.Named(protocol, one(PORT_NAMES));
      case 1 -> Port.Range.all(protocol);
      default -> {
        int first = 79 + random.nextInt(4);
        yield new Port.Range(protocol, first, first + random.nextInt(3));
      }
    };
  }

  private LabelSelector selector() {
    return chance(5) ? LabelSelector.EVERYTHING : LabelSelector.ofLabels(labels());
  }

  private Map<String, String> labels() {
    return chance(8) ? Map.of("l", one(VALUES)) : Map.of();
  }

  private <T> List<T> many(int most, Supplier<T> make) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(any -> make.get()).toList();
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean chance(int tenths) {
    return random.nextInt(10) < tenths;
  }
}
