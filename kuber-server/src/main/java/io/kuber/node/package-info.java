/**
 * The node agent: it makes the pods that are bound to this node run, and tells how they fare.
 *
 * <p>Step 10 of the flow: pods bound here -> actions. {@link io.kuber.node.PodMachine} decides, a
 * pure function of what is wanted, what is the case, and the time; {@code PodWorker} does what it
 * says, one worker per pod. Step 11 is {@code io.kuber.container}.
 *
 * <p>Owner thread: the node's loop owns all state of all workers. What takes long (starting a
 * container, a probe) runs on other threads and hands its result back to the loop. Start at {@link
 * io.kuber.node.NodeAgent}.
 *
 * <p><b>Invariant:</b> at most one action per container is under way; a pod object is deleted for
 * good only after the last of its containers is gone.
 */
@NullMarked
package io.kuber.node;

import org.jspecify.annotations.NullMarked;
