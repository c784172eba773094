package io.kuber.server.reach;

import io.kuber.api.NodeReading;
import io.kuber.api.NodeReading.Amounts;
import io.kuber.api.NodeReading.PodReading;
import io.kuber.object.Tree;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a node tells at {@code /stats/summary} (k8s.io/kubelet, pkg/apis/stats). Pure. */
final class SummaryReading {
  /** The kubelet does not tell over which time it measured. */
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private SummaryReading() {}

  /**
   * What the document says.
   *
   * @throws IllegalArgumentException when it does not say when
   */
  static NodeReading of(String node, Tree summary) {
    Tree whole = summary.tree("node");
    List<PodReading> pods =
        summary.items("pods").trees().stream()
            .filter(pod -> !pod.items("containers").isEmpty())
            .map(SummaryReading::pod)
            .toList();
    return new NodeReading(node, time(whole.tree("cpu")), WINDOW, amounts(whole), pods);
  }

  private static PodReading pod(Tree pod) {
    Map<String, Amounts> containers = new LinkedHashMap<>();
    for (Tree container : pod.items("containers").trees()) {
      containers.put(container.text("name"), amounts(container));
    }
    return new PodReading(
        pod.text("podRef", "namespace"),
        pod.text("podRef", "name"),
        pod.text("podRef", "uid"),
        time(pod.items("containers").tree(0).tree("cpu")),
        WINDOW,
        containers);
  }

  private static Amounts amounts(Tree of) {
    return new Amounts(
        of.number(0, "cpu", "usageNanoCores"), of.number(0, "memory", "workingSetBytes"));
  }

  private static Instant time(Tree measured) {
    try {
      return Instant.parse(measured.text("time"));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the summary does not say when it was measured", e);
    }
  }
}
