package io.kuber.node.policy;

import io.kuber.node.network.AddressRanges;
import io.kuber.node.network.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * With whom packets may be exchanged, in one direction. Two that allow the same are equal, however
 * they came about.
 *
 * @param open with whom in every protocol at every port
 * @param ports with whom else at which ports: by protocol and port, none overlapping another
 */
public record Grants(AddressRanges open, List<Grant> ports) {
  /** Nobody. */
  static final Grants NONE = new Grants(AddressRanges.NONE, List.of());

  /** Some ports, for some peers. */
  public record Grant(Port.Range ports, AddressRanges peers) {}

  public Grants {
    ports = List.copyOf(ports);
  }

  /** What all of these allow together; they may overlap. */
  static Grants of(AddressRanges open, Collection<Grant> parts) {
    List<Grant> joined = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      List<Grant> own = parts.stream().filter(p -> p.ports().protocol() == protocol).toList();
      join(protocol, own, open, joined);
    }
    return new Grants(open, joined);
  }

  /** Between two neighbouring limits every port has the same peers. */
  private static void join(
      Protocol protocol, List<Grant> parts, AddressRanges open, List<Grant> joined) {
    TreeSet<Integer> limits = new TreeSet<>();
    for (Grant part : parts) {
      limits.add(part.ports().first());
      limits.add(part.ports().last() + 1);
    }
    for (int first : limits) {
      Integer next = limits.higher(first);
      if (next != null) {
        append(
            new Grant(new Port.Range(protocol, first, next - 1), at(first, parts, open)), joined);
      }
    }
  }

  private static AddressRanges at(int port, List<Grant> parts, AddressRanges open) {
    return AddressRanges.of(
            parts.stream()
                .filter(part -> part.ports().first() <= port && port <= part.ports().last())
                .flatMap(part -> part.peers().ranges().stream())
                .toList())
        .minus(open);
  }

  private static void append(Grant next, List<Grant> joined) {
    if (next.peers().isEmpty()) {
      return;
    }
    int end = joined.size() - 1;
    if (end >= 0 && continues(joined.get(end), next)) {
      Port.Range before = joined.get(end).ports();
      Port.Range both = new Port.Range(before.protocol(), before.first(), next.ports().last());
      joined.set(end, new Grant(both, next.peers()));
    } else {
      joined.add(next);
    }
  }

  private static boolean continues(Grant before, Grant next) {
    return before.ports().protocol() == next.ports().protocol()
        && before.ports().last() + 1 == next.ports().first()
        && before.peers().equals(next.peers());
  }
}
