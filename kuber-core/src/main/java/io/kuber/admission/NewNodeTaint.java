package io.kuber.admission;

import io.kuber.api.Admission;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;

/**
 * No pod goes to a new node before it has said that it is ready: the node controller takes the
 * taint off then (plugin/pkg/admission/nodetaint).
 */
final class NewNodeTaint implements Admission {
  private static final String KEY = "node.kubernetes.io/not-ready";
  private static final String EFFECT = "NoSchedule";

  @Override
  public KubeObject admit(Request request) {
    KubeObject node = request.object();
    if (!request.isCreate() || !request.kind().type().equals(Resources.NODES)) {
      return node;
    }
    Items taints = node.spec().items("taints");
    return taints.trees().stream().anyMatch(NewNodeTaint::isIt)
        ? node
        : node.with(taints.plus(Tree.of("key", KEY, "effect", EFFECT)), "spec", "taints");
  }

  private static boolean isIt(Tree taint) {
    return taint.text("key").equals(KEY) && taint.text("effect").equals(EFFECT);
  }
}
