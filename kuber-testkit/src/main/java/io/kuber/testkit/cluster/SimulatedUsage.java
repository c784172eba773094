package io.kuber.testkit.cluster;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.object.KubeObject;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What simulated nodes say that their pods use: what the annotations of a pod tell, shared by its
 * containers, or else half of what each container requests. Tests of autoscalers write the
 * annotations, which are those of kwok (pkg/apis/v1alpha1 ClusterResourceUsage). Pure.
 */
final class SimulatedUsage {
  static final String CPU = "kwok.x-k8s.io/usage-cpu";
  static final String MEMORY = "kwok.x-k8s.io/usage-memory";

  private static final Duration WINDOW = Duration.ofSeconds(15);

  /** Of a container that requests nothing. */
  private static final long IDLE_CPU_NANOS = 1_000_000;

  private static final long IDLE_MEMORY_BYTES = 16 << 20;

  /** Of the node itself, before any pod. */
  private static final Amounts SYSTEM = new Amounts(50_000_000, 256 << 20);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private SimulatedUsage() {}

  /** The readings of these nodes, in the order of their names. */
  static List<NodeReading> of(Image image, Set<String> nodes, Instant now) {
    Map<String, List<PodReading>> pods = new TreeMap<>();
    nodes.forEach(node -> pods.put(node, new ArrayList<>()));
    image
        .scan(Resources.PODS.qualifiedName(), "", null)
        .forEachRemaining(
            stored -> {
              KubeObject pod = stored.passing();
              List<PodReading> onNode = pods.get(pod.spec().text("nodeName"));
              if (onNode != null && pod.status().text("phase").equals("Running")) {
                onNode.add(reading(pod, now));
              }
            });
    List<NodeReading> all = new ArrayList<>();
    pods.forEach(
        (node, onNode) -> all.add(new NodeReading(node, now, WINDOW, sum(onNode), onNode)));
    return all;
  }

  private static Amounts sum(List<PodReading> pods) {
    return pods.stream()
        .flatMap(pod -> pod.containers().values().stream())
        .reduce(SYSTEM, Amounts::plus);
  }

  private static PodReading reading(KubeObject pod, Instant now) {
    List<Tree> containers = pod.spec().items("containers").trees();
    Optional<Quantity> cpu = annotation(pod, CPU);
    Optional<Quantity> memory = annotation(pod, MEMORY);
    Map<String, Amounts> used = new HashMap<>();
    for (Tree container : containers) {
      Tree requests = container.tree("resources", "requests");
      long cpuNanos =
          cpu.map(all -> all.milliValue() * NANOS_PER_MILLI / containers.size())
              .orElseGet(() -> half(requests, "cpu", NANOS_PER_MILLI, IDLE_CPU_NANOS));
      long memoryBytes =
          memory
              .map(all -> all.value() / containers.size())
              .orElseGet(() -> half(requests, "memory", 1, IDLE_MEMORY_BYTES));
      used.put(container.text("name"), new Amounts(cpuNanos, memoryBytes));
    }
    return new PodReading(pod.namespace(), pod.name(), pod.uid(), now, WINDOW, used);
  }

  /** What is no quantity says nothing. */
  private static Optional<Quantity> annotation(KubeObject pod, String name) {
    try {
      return Optional.ofNullable(pod.annotations().get(name)).map(Quantity::parse);
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static long half(Tree requests, String resource, long unit, long otherwise) {
    if (!requests.has(resource)) {
      return otherwise;
    }
    Quantity request = Quantity.of(requests.get(resource));
    return (unit == 1 ? request.value() : request.milliValue() * unit) / 2;
  }
}
