package io.kuber.node.endpoint;

import io.kuber.node.stats.LivePod;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** Pods of a node as a {@code v1 PodList}. Pure. */
final class PodLists {
  private PodLists() {}

  /** All that are bound to the node. */
  static Tree all(List<LivePod> pods) {
    return list(pods.stream().map(pod -> pod.object().tree()).toList());
  }

  /** Those with containers that run, and of these nothing but what the machine knows. */
  static Tree running(List<LivePod> pods) {
    return list(
        pods.stream().filter(pod -> !pod.containers().isEmpty()).map(PodLists::bare).toList());
  }

  private static Tree bare(LivePod pod) {
    KubeObject object = pod.object();
    List<Tree> containers = new ArrayList<>();
    for (Tree declared : object.spec().items("containers").trees()) {
      if (pod.containers().containsKey(declared.text("name"))) {
        containers.add(
            Tree.of(
                "name", declared.text("name"),
                "image", declared.text("image"),
                "resources", Tree.EMPTY));
      }
    }
    return Tree.of(
        "metadata",
        Tree.of("name", object.name(), "namespace", object.namespace(), "uid", object.uid()),
        "spec",
        Tree.of("containers", Items.copyOf(containers)),
        "status",
        Tree.EMPTY);
  }

  private static Tree list(List<Tree> pods) {
    return Tree.of(
        "kind", "PodList", "apiVersion", "v1", "metadata", Tree.EMPTY, "items", Items.copyOf(pods));
  }
}
