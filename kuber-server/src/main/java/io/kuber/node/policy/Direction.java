package io.kuber.node.policy;

/** Seen from the pod that a policy is about. */
public enum Direction {
  /** What others send to the pod. */
  INGRESS("in"),
  /** What the pod sends to others. */
  EGRESS("out");

  private final String suffix;

  Direction(String suffix) {
    this.suffix = suffix;
  }

  /** The end of names in the kernel's table. */
  String suffix() {
    return suffix;
  }
}
