/**
 * Keeps a pod of a DaemonSet on each node that it is for (upstream: pkg/controller/daemon).
 *
 * <p>{@link io.kuber.controller.daemonset.DaemonSetController} fetches, {@link
 * io.kuber.controller.daemonset.DaemonSetPlanner} decides: {@link
 * io.kuber.controller.daemonset.Eligibility} says which nodes, {@link
 * io.kuber.controller.daemonset.NodePods} what one node has, {@link
 * io.kuber.controller.daemonset.RollingUpdate} which pods are replaced next. The scheduler binds
 * the pods; each insists on its node by name.
 *
 * <p>The controller remembers how often pods failed on a node ({@link
 * io.kuber.controller.daemonset.FailedPods}), on the reconciler's loop; forgetting it costs a
 * restart too many. All else is without state.
 *
 * <p><b>Invariants:</b> a plan leaves at most one pod that is not on its way out on a node, or one
 * old and one new while an update surges; no plan takes more nodes out of service than {@code
 * maxUnavailable} leaves.
 */
@NullMarked
package io.kuber.controller.daemonset;

import org.jspecify.annotations.NullMarked;
