package io.kuber.resource.builtin;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import java.util.ArrayList;
import java.util.List;

/** How tables show pods. */
final class PodColumns {
  static final Columns COLUMNS =
      Columns.none()
          .name()
          .text("Ready", (pod, now) -> ready(pod))
          .text("Status", (pod, now) -> PodState.of(pod).reason())
          .text("Restarts", (pod, now) -> PodState.of(pod).restarts(now))
          .age()
          .wide("IP", (pod, now) -> orNone(pod.status().text("podIP")))
          .wide("Node", (pod, now) -> orNone(pod.spec().text("nodeName")))
          .wide("Nominated Node", (pod, now) -> orNone(pod.status().text("nominatedNodeName")))
          .wide("Readiness Gates", (pod, now) -> gates(pod));

  private PodColumns() {}

  private static String orNone(String text) {
    return text.isEmpty() ? "<none>" : text;
  }

  /** Restartable init containers (sidecars) count as containers here. */
  private static String ready(KubeObject pod) {
    int all = pod.spec().items("containers").size();
    List<String> sidecars = new ArrayList<>();
    for (Tree container : pod.spec().items("initContainers").trees()) {
      if (container.text("restartPolicy").equals("Always")) {
        sidecars.add(container.text("name"));
      }
    }
    long ready =
        pod.status().items("containerStatuses").trees().stream()
            .filter(status -> status.isTrue("ready") && status.tree("state").has("running"))
            .count();
    ready +=
        pod.status().items("initContainerStatuses").trees().stream()
            .filter(status -> sidecars.contains(status.text("name")))
            .filter(status -> status.isTrue("started") && status.isTrue("ready"))
            .count();
    return ready + "/" + (all + sidecars.size());
  }

  private static String gates(KubeObject pod) {
    List<Tree> gates = pod.spec().items("readinessGates").trees();
    long open =
        gates.stream()
            .filter(
                gate ->
                    pod.status().items("conditions").trees().stream()
                        .anyMatch(
                            c ->
                                c.text("type").equals(gate.text("conditionType"))
                                    && c.text("status").equals("True")))
            .count();
    return gates.isEmpty() ? "<none>" : open + "/" + gates.size();
  }
}
