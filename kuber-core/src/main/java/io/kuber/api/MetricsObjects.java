package io.kuber.api;

import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Readings as objects of {@code metrics.k8s.io/v1beta1}. Pure. */
final class MetricsObjects {
  private static final long BYTES_PER_KI = 1024;

  private MetricsObjects() {}

  /** What a node used; nothing of a node that the cluster does not know. */
  static Optional<KubeObject> ofNode(NodeReading reading, Image objects) {
    Stored node = objects.get(Resources.NODES.key("", reading.node()));
    return node == null
        ? Optional.empty()
        : Optional.of(
            measured(
                    Resources.NODE_METRICS.object("", reading.node()),
                    node,
                    reading.at(),
                    reading.window())
                .with(usage(reading.used()), "usage"));
  }

  /** What the pods of a node used, in no order; pods that are gone or have another uid do not. */
  static List<KubeObject> ofPods(NodeReading reading, Image objects) {
    List<KubeObject> all = new ArrayList<>();
    for (PodReading pod : reading.pods()) {
      Stored stored = objects.get(Resources.PODS.key(pod.namespace(), pod.name()));
      if (stored != null && stored.passingMetadata().text("uid").equals(pod.uid())) {
        all.add(
            measured(
                    Resources.POD_METRICS.object(pod.namespace(), pod.name()),
                    stored,
                    pod.at(),
                    pod.window())
                .with(containers(pod), "containers"));
      }
    }
    return all;
  }

  private static KubeObject measured(
      KubeObject metrics, Stored subject, Instant at, Duration window) {
    Tree labels = subject.passingLabels();
    String time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    KubeObject named = metrics.with(time, "metadata", "creationTimestamp");
    return (labels.isEmpty() ? named : named.with(labels, "metadata", "labels"))
        .with(time, "timestamp")
        .with(text(window), "window");
  }

  /** As Go prints a duration of less than an hour: {@code 15.03s}, {@code 1m0s}. */
  static String text(Duration window) {
    long minutes = window.toMinutes();
    String seconds =
        BigDecimal.valueOf(window.minusMinutes(minutes).toMillis(), 3)
            .stripTrailingZeros()
            .toPlainString();
    return (minutes > 0 ? minutes + "m" : "") + seconds + "s";
  }

  private static Items containers(PodReading pod) {
    List<Tree> all = new ArrayList<>();
    for (Map.Entry<String, Amounts> each : new TreeMap<>(pod.containers()).entrySet()) {
      all.add(Tree.of("name", each.getKey(), "usage", usage(each.getValue())));
    }
    return Items.copyOf(all);
  }

  private static Tree usage(Amounts used) {
    return Tree.of(
        "cpu", used.cpuNanos() == 0 ? "0" : used.cpuNanos() + "n",
        "memory", used.memoryBytes() == 0 ? "0" : used.memoryBytes() / BYTES_PER_KI + "Ki");
  }
}
