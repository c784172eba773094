package io.kuber.node.eviction;

import io.kuber.node.eviction.Signal.Observation;
import io.kuber.node.stats.Summary;
import io.kuber.node.stats.Summary.ContainerSummary;
import io.kuber.node.stats.Summary.PodSummary;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Why a pod had to go, in upstream's words (pkg/kubelet/eviction/helpers.go). Pure. */
final class EvictionMessage {
  private EvictionMessage() {}

  static String of(PodSummary pod, Threshold threshold, Summary summary) {
    Signal signal = threshold.signal();
    Observation seen = signal.observe(summary);
    StringBuilder message =
        new StringBuilder("The node was low on resource: %s. ".formatted(signal.resource()))
            .append(
                "Threshold quantity: %s, available: %s. "
                    .formatted(
                        text(signal, threshold.least(seen.capacity())),
                        text(signal, seen.available())));
    for (ContainerSummary container : pod.containers()) {
      message.append(excess(pod, container, signal.resource()).orElse(""));
    }
    return message.toString();
  }

  /** Inodes and process numbers are counted, all else is measured. */
  private static String text(Signal signal, long amount) {
    return switch (signal) {
      case NODE_FILES_INODES_FREE, PID_AVAILABLE -> Long.toString(amount);
      default -> Claims.bytes(amount);
    };
  }

  private static Optional<String> excess(
      PodSummary pod, ContainerSummary container, String resource) {
    OptionalLong used = used(container, resource);
    Optional<Tree> declared =
        Stream.of("containers", "initContainers")
            .flatMap(field -> pod.object().spec().items(field).trees().stream())
            .filter(tree -> tree.text("name").equals(container.name()))
            .findFirst();
    if (used.isEmpty() || declared.isEmpty()) {
      return Optional.empty();
    }
    Quantity request = Claims.of(declared.get(), "requests", resource);
    return used.getAsLong() <= request.value()
        ? Optional.empty()
        : Optional.of(
            "Container %s was using %s, request is %s, has larger consumption of %s. "
                .formatted(container.name(), Claims.bytes(used.getAsLong()), request, resource));
  }

  private static OptionalLong used(ContainerSummary container, String resource) {
    return switch (resource) {
      case "memory" -> OptionalLong.of(container.measured().usage().workingSetBytes());
      case "ephemeral-storage" ->
          OptionalLong.of(container.root().used() + container.logs().used());
      default -> OptionalLong.empty();
    };
  }
}
