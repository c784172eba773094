package io.kuber.node;

import io.kuber.node.PodSpec.PodContainer;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The status of a pod as the API tells it (core/v1 PodStatus), made from what is the case on the
 * node. Pure: the same state gives the same tree, so that an unchanged status is not written again.
 */
final class PodStatus {
  private PodStatus() {}

  /**
   * The status to be merged into that of {@code object}, where conditions of others stay.
   *
   * @param before what this node told last
   * @param now for conditions that changed
   */
  static Tree of(
      PodSpec pod, PodState state, KubeObject object, String hostIp, Tree before, Instant now) {
    Items conditions = before.items("conditions");
    PodPhase phase = PodPhase.of(pod, state);
    Tree.Builder status =
        Tree.builder()
            .put("observedGeneration", object.generation())
            .put("phase", phase.text())
            .put("conditions", new PodConditions(pod, state, object, phase, conditions, now).all())
            .put("hostIP", hostIp)
            .put("hostIPs", Items.of(Tree.of("ip", hostIp)))
            .put("startTime", text(state.startTime()));
    state
        .verdict()
        .ifPresent(why -> status.put("reason", why.reason()).put("message", why.message()));
    if (!state.ip().isEmpty()) {
      status.put("podIP", state.ip()).put("podIPs", Items.of(Tree.of("ip", state.ip())));
    }
    if (!isRefused(state)) {
      ContainerStatus containers = new ContainerStatus(pod, state, now);
      putAll(status, "initContainerStatuses", pod.initContainers(), containers);
      putAll(status, "containerStatuses", pod.containers(), containers);
      putAll(status, "ephemeralContainerStatuses", pod.ephemeralContainers(), containers);
    }
    return status.build();
  }

  /** Of containers that never get a try nothing is said, as the kubelet does (rejectPod). */
  private static boolean isRefused(PodState state) {
    return state.verdict().isPresent() && state.containers().isEmpty();
  }

  private static void putAll(
      Tree.Builder status, String field, List<PodContainer> declared, ContainerStatus containers) {
    if (!declared.isEmpty()) {
      status.put(field, Items.copyOf(declared.stream().map(containers::of).toList()));
    }
  }

  /** A time as the API writes it. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
