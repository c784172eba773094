package io.kuber.node.endpoint;

import io.kuber.object.Tree;

/** What the agent goes by, in the words of a kubelet's configuration ({@code /configz}). */
final class Configuration {
  /** The kubelet's port. */
  static final long PORT = 10250;

  private Configuration() {}

  static Tree document(NodeView node) {
    return Tree.of(
        "kubeletconfig",
        Tree.of(
            "port",
            PORT,
            "authentication",
            Tree.of(
                "anonymous", Tree.of("enabled", false),
                "webhook", Tree.of("enabled", true),
                "x509", Tree.EMPTY),
            "authorization",
            Tree.of("mode", "Webhook"),
            "clusterDomain",
            node.clusterDomain(),
            "nodeStatusReportFrequency",
            "5m0s",
            "nodeLeaseDurationSeconds",
            40L,
            "maxPods",
            110L,
            "evictionHard",
            Tree.of(
                "imagefs.available", "15%",
                "memory.available", "100Mi",
                "nodefs.available", "10%",
                "nodefs.inodesFree", "5%"),
            "evictionPressureTransitionPeriod",
            "5m0s",
            "kind",
            "KubeletConfiguration",
            "apiVersion",
            "kubelet.config.k8s.io/v1beta1"));
  }
}
