package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.api.Failures;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.util.Map;

/** Turns the name of a pod's priority class into a number (plugin/pkg/admission/priority). */
final class Priority implements Admission {
  private static final Map<String, Long> SYSTEM =
      Map.of(
          "", 0L,
          "system-cluster-critical", 2_000_000_000L,
          "system-node-critical", 2_000_001_000L);

  @Override
  public KubeObject admit(Request request) {
    KubeObject pod = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.PODS)) {
      return pod;
    }
    String name = pod.spec().text("priorityClassName");
    Long priority = SYSTEM.get(name);
    if (priority == null) {
      throw Failures.forbidden(
          Resources.PODS, pod.name(), "no PriorityClass with name " + name + " was found");
    }
    KubeObject ranked = pod.with(priority, "spec", "priority");
    return ranked.spec().text("preemptionPolicy").isEmpty()
        ? ranked.with("PreemptLowerPriority", "spec", "preemptionPolicy")
        : ranked;
  }
}
