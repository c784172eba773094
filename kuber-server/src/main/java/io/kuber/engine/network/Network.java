package io.kuber.engine.network;

import io.kuber.node.network.Ipv4;
import io.kuber.node.network.Ipv4Block;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network and who is in it.
 *
 * @param id 64 hexadecimal digits
 * @param created when, as RFC 3339 has it
 * @param driver {@code bridge}; {@code host} and {@code null} for the two networks that are none
 * @param subnet its addresses
 * @param gateway the machine's address among them
 * @param internal whether there is no way out of it
 * @param members by the ids of their containers, in the order in which they came
 */
record Network(
    String id,
    String name,
    String created,
    String driver,
    Ipv4Block subnet,
    Ipv4 gateway,
    boolean internal,
    Map<String, String> labels,
    Map<String, String> options,
    Map<String, Member> members) {
  static final String BRIDGE_DRIVER = "bridge";

  private static final int BRIDGE_DIGITS = 12;

  /**
   * A container in a network.
   *
   * @param names its name and aliases; the first is its name
   * @param link the machine's end of its pair of links
   */
  record Member(String container, List<String> names, Ipv4 address, String link) {
    Member {
      names = List.copyOf(names);
    }
  }

  Network {
    labels = Map.copyOf(labels);
    options = Map.copyOf(options);
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Whether it is a network of its own, with a bridge. */
  boolean isBridge() {
    return driver.equals(BRIDGE_DRIVER);
  }

  /** The name of its bridge: short, as the kernel wants it. */
  String bridge() {
    return "kb-" + id.substring(0, BRIDGE_DIGITS);
  }

  /** The same with a member more. */
  Network with(Member member) {
    Map<String, Member> more = new LinkedHashMap<>(members);
    more.put(member.container(), member);
    return with(more);
  }

  /** The same without a member. */
  Network without(String container) {
    Map<String, Member> fewer = new LinkedHashMap<>(members);
    fewer.remove(container);
    return with(fewer);
  }

  /** The same without any member. */
  Network empty() {
    return with(Map.of());
  }

  /** The same with other addresses, of which the first is the gateway's. */
  Network at(Ipv4Block block) {
    return new Network(
        id, name, created, driver, block, block.base().plus(1), internal, labels, options, members);
  }

  private Network with(Map<String, Member> others) {
    return new Network(
        id, name, created, driver, subnet, gateway, internal, labels, options, others);
  }
}
