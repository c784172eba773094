/**
 * Connects pods: a bridge per node, a pair of virtual links and an address per pod.
 *
 * <p>Place in the flow: step 10. The node agent attaches a pod's network namespace before its first
 * container starts and detaches it after the last one ended; {@code io.kuber.node.proxy} adds
 * service addresses on top.
 *
 * <p>Pods hold their address alone ({@code /32}) and send everything to the bridge, even to their
 * neighbours. So every packet passes the node's own routing, where service addresses are
 * translated, there and back; a direct answer from neighbour to neighbour would carry the wrong
 * source address.
 *
 * <p>Several nodes of one machine are each in a namespace of their own ({@link
 * io.kuber.node.network.NodeNamespace}), and joined as pods are ({@link
 * io.kuber.node.network.NodesNetwork}).
 *
 * <p>Nodes that are machines of their own lead to each other's pods by routes and a tunnel ({@link
 * io.kuber.node.network.NodePaths}).
 *
 * <p>Threads: {@link io.kuber.node.network.PodNetwork} may be called from any thread and does one
 * thing at a time; a call takes a few milliseconds.
 *
 * <p><b>Invariant:</b> which pod has which address is written on the pod's link in the kernel and
 * nowhere else, so that an agent that was killed finds it again, and a machine that was restarted
 * has nothing stale.
 *
 * <p>Start at {@link io.kuber.node.network.PodNetwork}.
 */
@NullMarked
package io.kuber.node.network;

import org.jspecify.annotations.NullMarked;
