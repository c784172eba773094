package io.kuber.node.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What went over a network interface since it was made (stats/v1alpha1 InterfaceStats).
 *
 * @param received bytes
 * @param sent bytes
 */
public record LinkUse(String name, long received, long receiveErrors, long sent, long sendErrors) {
  private static final int FIRST_OF_SENT = 8;
  private static final int FIELDS = 16;
  private static final int ERRORS = 2;

  /** The interfaces of {@code /proc/net/dev}, but for the one to oneself. */
  static List<LinkUse> parse(String text) {
    List<LinkUse> all = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String[] fields = line.substring(colon + 1).strip().split("\\s+");
      if (!name.isEmpty() && !name.equals("lo") && fields.length >= FIELDS) {
        all.add(
            new LinkUse(
                name,
                Long.parseLong(fields[0]),
                Long.parseLong(fields[ERRORS]),
                Long.parseLong(fields[FIRST_OF_SENT]),
                Long.parseLong(fields[FIRST_OF_SENT + ERRORS])));
      }
    }
    return all;
  }

  /** The one that pods and nodes are reached by: {@code eth0} if there is one, else the first. */
  public static Optional<LinkUse> main(List<LinkUse> all) {
    return all.stream()
        .filter(link -> link.name().equals("eth0"))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }
}
