package io.kuber.node.policy;

import io.kuber.linux.NetfilterBatch;
import io.kuber.linux.NetfilterElements;
import io.kuber.linux.NetfilterSet.Element;
import io.kuber.linux.NetfilterSet.Packer;
import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Ipv4;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns differences between policy sets into changes of the kernel's table, element by element. It
 * has to see every difference once, from an empty table on. Owned by the thread that writes.
 */
public final class PolicyChanges {
  /** The numbers of profiles in the kernel; none is given twice. */
  private final Map<Direction, Map<String, Integer>> numbers = new EnumMap<>(Direction.class);

  private int lastNumber;
  private boolean isTableThere;

  public PolicyChanges() {
    for (Direction direction : Direction.values()) {
      numbers.put(direction, new HashMap<>());
    }
  }

  /**
   * Appends chains and sets to a batch with the first policy, so that without any no packet is
   * looked at; and adds what has to change to other changes, which are for the same batch.
   */
  public void write(
      PolicySet before, PolicySet after, NetfilterBatch batch, NetfilterElements elements) {
    if (before.equals(after)) {
      return;
    }
    if (!isTableThere) {
      PolicyTable.add(batch);
      isTableThere = true;
    }
    for (Direction direction : Direction.values()) {
      Map<String, Integer> known = numbers.getOrDefault(direction, Map.of());
      PolicySet.Side old = before.side(direction);
      PolicySet.Side now = after.side(direction);
      now.profiles().keySet().forEach(p -> known.computeIfAbsent(p, any -> ++lastNumber));
      String targets = PolicyTable.targets(direction);
      change(targets, targets(old, known), targets(now, known), elements);
      String open = PolicyTable.open(direction);
      change(open, open(old, known), open(now, known), elements);
      String ports = PolicyTable.ports(direction);
      change(ports, ports(old, known), ports(now, known), elements);
      known.keySet().retainAll(now.profiles().keySet());
    }
    change(PolicyTable.SELVES, selves(before), selves(after), elements);
  }

  private static void change(
      String set,
      Map<ByteBuffer, Element> before,
      Map<ByteBuffer, Element> after,
      NetfilterElements elements) {
    before.forEach(
        (identity, element) -> {
          if (!after.containsKey(identity)) {
            elements.delete(set, element.keyAlone());
          }
        });
    after.forEach(
        (identity, element) -> {
          if (!before.containsKey(identity)) {
            elements.add(set, element);
          }
        });
  }

  private static Map<ByteBuffer, Element> targets(
      PolicySet.Side side, Map<String, Integer> numbers) {
    Map<ByteBuffer, Element> elements = new LinkedHashMap<>();
    side.targets()
        .forEach(
            (address, profile) -> {
              byte[] value = new Packer(1).number(number(profile, numbers)).pack();
              put(Element.to(new Packer(1).address(address.bits()).pack(), value), elements);
            });
    return elements;
  }

  private static Map<ByteBuffer, Element> open(PolicySet.Side side, Map<String, Integer> numbers) {
    Map<ByteBuffer, Element> elements = new LinkedHashMap<>();
    side.profiles()
        .forEach(
            (profile, grants) ->
                grants.open().ranges().stream()
                    .map(range -> open(number(profile, numbers), range))
                    .forEach(element -> put(element, elements)));
    return elements;
  }

  private static Element open(int number, AddressRanges.Range range) {
    return Element.range(
        new Packer(2).number(number).address(range.first().bits()).pack(),
        new Packer(2).number(number).address(range.last().bits()).pack());
  }

  private static Map<ByteBuffer, Element> ports(PolicySet.Side side, Map<String, Integer> numbers) {
    Map<ByteBuffer, Element> elements = new LinkedHashMap<>();
    side.profiles()
        .forEach(
            (profile, grants) ->
                grants
                    .ports()
                    .forEach(
                        grant ->
                            grant.peers().ranges().stream()
                                .map(range -> port(number(profile, numbers), grant, range))
                                .forEach(element -> put(element, elements))));
    return elements;
  }

  private static Element port(int number, Grants.Grant grant, AddressRanges.Range range) {
    return Element.range(
        port(number, grant, range.first(), grant.ports().first()),
        port(number, grant, range.last(), grant.ports().last()));
  }

  private static byte[] port(int number, Grants.Grant grant, Ipv4 address, int port) {
    return new Packer(4)
        .number(number)
        .address(address.bits())
        .protocol(grant.ports().protocol().number())
        .port(port)
        .pack();
  }

  private static Map<ByteBuffer, Element> selves(PolicySet set) {
    Map<ByteBuffer, Element> elements = new LinkedHashMap<>();
    for (Direction direction : Direction.values()) {
      for (Ipv4 pod : set.side(direction).targets().keySet()) {
        put(Element.of(new Packer(2).address(pod.bits()).address(pod.bits()).pack()), elements);
      }
    }
    return elements;
  }

  private static int number(String profile, Map<String, Integer> numbers) {
    Integer number = numbers.get(profile);
    if (number == null) {
      throw new IllegalStateException("profile " + profile + " was never written");
    }
    return number;
  }

  /** Elements are the same if all their bytes are. */
  private static void put(Element element, Map<ByteBuffer, Element> elements) {
    byte[] key = element.key();
    ByteBuffer identity =
        ByteBuffer.allocate(key.length + element.end().length + element.value().length)
            .put(key)
            .put(element.end())
            .put(element.value())
            .flip();
    elements.put(identity, element);
  }
}
