package io.kuber.node;

import io.kuber.container.HugePages;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a node's capacity pods can have: all but what is never used up because evictions come
 * first, and memory that is not set aside for huge pages
 * (pkg/kubelet/cm/node_container_manager_linux.go, GetNodeAllocatableReservation). Pure.
 */
final class Allocatable {
  private static final long KIBI = 1024;
  private static final long MEMORY_KI = 100 * KIBI;

  /** A tenth of the disk stays free. */
  private static final long DISK_PARTS = 10;

  private Allocatable() {}

  /** By capacity; quantities as the kubelet writes them. */
  static Map<String, String> of(Map<String, String> capacity) {
    Map<String, String> all = new LinkedHashMap<>(capacity);
    long huge =
        HugePages.of(Tree.ofTexts(capacity)).bytes().values().stream()
            .mapToLong(Long::longValue)
            .sum();
    all.computeIfPresent(
        "memory",
        (name, text) ->
            Math.max(0, (Quantity.parse(text).value() - huge) / KIBI - MEMORY_KI) + "Ki");
    all.computeIfPresent(
        "ephemeral-storage",
        (name, text) -> {
          long bytes = Quantity.parse(text).value();
          return Long.toString(bytes - bytes / DISK_PARTS);
        });
    return all;
  }
}
