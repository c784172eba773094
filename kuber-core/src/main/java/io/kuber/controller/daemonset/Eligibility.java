package io.kuber.controller.daemonset;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.view.NodeRequirements;
import io.kuber.view.Toleration;
import java.util.List;

/**
 * Whether a DaemonSet is for a node (upstream: NodeShouldRunDaemonPod).
 *
 * @param shouldRun whether a pod is to come there
 * @param mayStay whether one that is there may go on
 */
record Eligibility(boolean shouldRun, boolean mayStay) {
  private static final Eligibility NONE = new Eligibility(false, false);

  /** Of a node, for a DaemonSet whose pods have this spec, tolerations included. */
  static Eligibility of(KubeObject node, Tree podSpec) {
    String asked = podSpec.text("nodeName");
    boolean named = asked.isEmpty() || asked.equals(node.name());
    if (!named || !NodeRequirements.allow(podSpec, node)) {
      return NONE;
    }
    List<Toleration> tolerations = Toleration.of(podSpec.items("tolerations"));
    List<String> repelling =
        node.spec().items("taints").trees().stream()
            .filter(taint -> tolerations.stream().noneMatch(each -> each.covers(taint)))
            .map(taint -> taint.text("effect"))
            .filter(effect -> effect.equals("NoSchedule") || effect.equals("NoExecute"))
            .toList();
    return new Eligibility(repelling.isEmpty(), !repelling.contains("NoExecute"));
  }
}
