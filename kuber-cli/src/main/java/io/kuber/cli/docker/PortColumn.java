package io.kuber.cli.docker;

import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ports of a container in a list: neighbours stand together as a range. */
final class PortColumn {
  private PortColumn() {}

  private record Port(String ip, int outside, int inside, String protocol) {
    static Port of(Tree tree) {
      return new Port(
          tree.text("IP"),
          (int) tree.number(0, "PublicPort"),
          (int) tree.number(0, "PrivatePort"),
          tree.text("Type"));
    }

    boolean isFollowedBy(Port next, int distance) {
      return next.ip.equals(ip)
          && next.protocol.equals(protocol)
          && next.inside == inside + distance
          && next.outside == (outside == 0 ? 0 : outside + distance);
    }

    String text(int more) {
      String ports = range(inside, more) + "/" + protocol;
      if (outside == 0) {
        return ports;
      }
      String address = ip.contains(":") ? "[" + ip + "]" : ip;
      return address + ":" + range(outside, more) + "->" + ports;
    }

    private static String range(int first, int more) {
      return more == 0 ? Integer.toString(first) : first + "-" + (first + more);
    }
  }

  /** Such as {@code 0.0.0.0:8080->80/tcp, 443/tcp}. */
  static String of(List<Tree> ports) {
    List<Port> sorted =
        ports.stream()
            .map(Port::of)
            .sorted(
                Comparator.comparing(Port::protocol)
                    .thenComparing(port -> port.ip().contains(":"))
                    .thenComparing(Port::ip)
                    .thenComparing(Port::inside)
                    .thenComparing(Port::outside))
            .toList();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < sorted.size(); ) {
      Port first = sorted.get(i);
      int more = 0;
      while (i + more + 1 < sorted.size()
          && first.isFollowedBy(sorted.get(i + more + 1), more + 1)) {
        more++;
      }
      texts.add(first.text(more));
      i += more + 1;
    }
    return String.join(", ", texts);
  }
}
