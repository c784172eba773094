package io.kuber.controller.daemonset;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.reconcile.OwnedPods;
import io.kuber.reconcile.history.Revision;
import io.kuber.view.NodeRequirements;
import io.kuber.view.Pods;
import java.util.ArrayList;
import java.util.List;

/** What the pods of a DaemonSet look like (upstream: pkg/controller/daemon/util). */
final class DaemonPod {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
  private static final String GENERATION_LABEL = "pod-template-generation";

  private DaemonPod() {}

  /** The spec of its pods, which put up with nodes in trouble. */
  static Tree spec(KubeObject set) {
    Tree spec = set.spec().tree("template", "spec");
    List<Tree> tolerations = new ArrayList<>(spec.items("tolerations").trees());
    tolerate(tolerations, "not-ready", "NoExecute");
    tolerate(tolerations, "unreachable", "NoExecute");
    tolerate(tolerations, "disk-pressure", "NoSchedule");
    tolerate(tolerations, "memory-pressure", "NoSchedule");
    tolerate(tolerations, "pid-pressure", "NoSchedule");
    tolerate(tolerations, "unschedulable", "NoSchedule");
    if (spec.isTrue("hostNetwork")) {
      tolerate(tolerations, "network-unavailable", "NoSchedule");
    }
    return spec.with("tolerations", Items.copyOf(tolerations));
  }

  /** One that is there already, though perhaps for a time only, gives way. */
  private static void tolerate(List<Tree> tolerations, String trouble, String effect) {
    Tree wanted =
        Tree.of("key", "node.kubernetes.io/" + trouble, "operator", "Exists", "effect", effect);
    for (int i = 0; i < tolerations.size(); i++) {
      if (tolerations.get(i).without("tolerationSeconds").equals(wanted)) {
        tolerations.set(i, wanted);
        return;
      }
    }
    tolerations.add(wanted);
  }

  /** A new pod for a node. */
  static KubeObject create(KubeObject set, Tree spec, Revision revision, String node) {
    Tree rule = Tree.of("key", "metadata.name", "operator", "In", "values", Items.of(node));
    Tree terms = Tree.of("nodeSelectorTerms", Items.of(Tree.of("matchFields", Items.of(rule))));
    Tree template = set.spec().tree("template").with("spec", spec);
    KubeObject pod =
        OwnedPods.of(set, template)
            .with(revision.hash(), "metadata", "labels", Revision.OF_POD)
            .with(
                terms,
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution");
    String generation = generation(set);
    return generation.isEmpty()
        ? pod
        : pod.with(generation, "metadata", "labels", GENERATION_LABEL);
  }

  private static String generation(KubeObject set) {
    return set.annotations().getOrDefault(TEMPLATE_GENERATION, "");
  }

  /** Whether a pod is of the present template. */
  static boolean isUpdated(KubeObject set, Revision revision, KubeObject pod) {
    String generation = generation(set);
    return revision.hash().equals(pod.labels().get(Revision.OF_POD))
        || (!generation.isEmpty() && generation.equals(pod.labels().get(GENERATION_LABEL)));
  }

  /** The node that a pod is on, or is for. */
  static String nodeOf(KubeObject pod) {
    String bound = Pods.nodeName(pod);
    return bound.isEmpty() ? NodeRequirements.nodeNameOf(pod) : bound;
  }
}
