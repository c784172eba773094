/**
 * What the scheduler knows of the cluster, kept from deltas: nodes and what their pods take, pods
 * per topology domain, claims and volumes.
 *
 * <p>Step 9 of the flow, between the store and the rules. The scheduler's loop owns everything
 * here; only shapes, terms and amounts are values that anybody may read. Start at {@link
 * io.kuber.scheduler.state.ClusterState}.
 *
 * <p><b>Invariant:</b> every count is what a scan of all pods on all nodes would find at this
 * moment; nothing is counted anew while a pod is decided.
 *
 * <p><b>Invariant:</b> pods of equal shape are interchangeable to every rule, but for the claims
 * that they name.
 */
@NullMarked
package io.kuber.scheduler.state;

import org.jspecify.annotations.NullMarked;
