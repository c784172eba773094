package io.kuber.node.policy;

import io.kuber.node.network.AddressRanges;
import io.kuber.selector.LabelSelector;

/** The other side of a rule. */
public sealed interface Peer {
  /** Whoever has one of these addresses. */
  record Block(AddressRanges addresses) implements Peer {}

  /** Pods of the policy's own namespace. */
  record Neighbours(LabelSelector pods) implements Peer {}

  /** Pods of all namespaces with certain labels. */
  record Pods(LabelSelector namespaces, LabelSelector pods) implements Peer {}
}
