/**
 * Network policies: which pods of a node may exchange packets with whom.
 *
 * <p>Place in the flow: beside step 10. The node's feed hands over policies, pods and namespaces as
 * values; {@link io.kuber.node.policy.PolicyPlanner} makes them a {@link
 * io.kuber.node.policy.PolicySet}, and {@code PolicyTable} and {@code PolicyChanges} write that
 * into the same table of nf_tables in which {@code io.kuber.node.proxy} has the rules of services,
 * and in the same transaction.
 *
 * <p>Threads: everything belongs to the thread that calls it; planning is pure.
 *
 * <p><b>Invariant:</b> a packet is judged where it is forwarded, behind the translation of service
 * addresses, by the addresses that pods themselves have. What the node itself sends is never
 * judged. <b>Invariant:</b> there are as many chains however many pods and policies there are.
 *
 * <p>Start at {@link io.kuber.node.policy.PolicyPlanner}; the reasons are in ADR 16.
 */
@NullMarked
package io.kuber.node.policy;

import org.jspecify.annotations.NullMarked;
