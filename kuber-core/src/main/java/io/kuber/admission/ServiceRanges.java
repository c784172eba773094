package io.kuber.admission;

import io.kuber.loop.Entropy;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.AddressRange;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Key;
import io.kuber.store.Stored;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * From where Services get their addresses: the block of the cluster, and behind it those of
 * ServiceCIDRs that are ready (registry/core/service/ipallocator/cidrallocator.go). Immutable.
 *
 * @param blocks in the order in which they are drawn from
 */
record ServiceRanges(List<AddressRange> blocks) {
  /** The most and the fewest of the lowest addresses that only those get who ask (KEP-3070). */
  private static final int MOST_RESERVED = 256;

  private static final int FEWEST_RESERVED = 16;

  /** Draws before a block counts as full. */
  private static final int MAX_DRAWS = 10_000;

  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String ALLOCATOR = "ipallocator.k8s.io";

  /** Copies the list. */
  ServiceRanges {
    blocks = List.copyOf(blocks);
  }

  /** Those of an image; {@code own} is the block of the cluster. */
  static ServiceRanges of(Image image, AddressRange own) {
    Set<AddressRange> blocks = new LinkedHashSet<>(List.of(own));
    Iterator<Stored> ranges = image.scan(Resources.SERVICE_CIDRS.qualifiedName(), "", null);
    while (ranges.hasNext()) {
      KubeObject range = ranges.next().object();
      if (isOpen(range)) {
        range
            .spec()
            .items("cidrs")
            .texts()
            .forEach(cidr -> AddressRange.find(cidr).ifPresent(blocks::add));
      }
    }
    return new ServiceRanges(List.copyOf(blocks));
  }

  /** One of which nobody has said anything counts as ready. */
  private static boolean isOpen(KubeObject range) {
    return !range.isBeingDeleted()
        && range.status().items("conditions").trees().stream()
            .noneMatch(
                condition ->
                    condition.text("type").equals("Ready")
                        && !condition.text("status").equals("True"));
  }

  /** Whether somebody has said that an address is not for other Services than his own. */
  static boolean isKept(Image image, String address, KubeObject service) {
    Stored stored = image.get(Resources.IP_ADDRESSES.key("", address));
    if (stored == null) {
      return false;
    }
    KubeObject kept = stored.object();
    Tree parent = kept.spec().tree("parentRef");
    boolean isOfService =
        parent.text("group").isEmpty() && parent.text("resource").equals("services");
    Key of = Resources.SERVICES.key(parent.text("namespace"), parent.text("name"));
    if (isOfService && of.equals(Resources.SERVICES.keyOf(service))) {
      return false;
    }
    Stored other = isOfService ? image.get(of) : null;
    boolean isLeftOver =
        ALLOCATOR.equals(kept.labels().get(MANAGED_BY))
            && (other == null || !other.object().spec().text("clusterIP").equals(address));
    return !isLeftOver;
  }

  boolean contains(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** An address that {@code takes} takes; empty when all are full. */
  Optional<String> draw(Entropy entropy, Predicate<String> takes) {
    return blocks.stream()
        .map(block -> draw(block, entropy, takes))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> draw(
      AddressRange block, Entropy entropy, Predicate<String> takes) {
    int size = Math.toIntExact(Math.min(block.size(), Integer.MAX_VALUE));
    int reserved =
        size <= FEWEST_RESERVED
            ? 1
            : Math.min(Math.max(FEWEST_RESERVED, size / FEWEST_RESERVED), MOST_RESERVED);
    int free = size - reserved - 1;
    for (int draws = 0; free > 0 && draws < MAX_DRAWS; draws++) {
      String address = block.at(reserved + entropy.below(free));
      if (takes.test(address)) {
        return Optional.of(address);
      }
    }
    for (int offset = 1; offset < Math.min(reserved, size - 1); offset++) {
      if (takes.test(block.at(offset))) {
        return Optional.of(block.at(offset));
      }
    }
    return Optional.empty();
  }

  /** As messages name them. */
  @Override
  public String toString() {
    return blocks.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
  }
}
