/**
 * Containers as the node agent sees them: sandboxes, containers, processes in them, and what ended
 * how; nothing in here knows the operating system.
 *
 * <p>Place in the flow: the top of step 11. The node agent turns pods into the records of this
 * package; {@code io.kuber.container.linux} makes processes of them.
 *
 * <p>Threads: all types may be used from any thread. Sinks and exit stages are called on the
 * runtime's own thread, where nobody may wait for anything.
 *
 * <p><b>Invariant:</b> what a runtime makes on a machine carries its instance's name, so that the
 * next run of the instance finds and removes all of it after any death.
 *
 * <p>Start at {@link io.kuber.container.ContainerRuntime}.
 */
@NullMarked
package io.kuber.container;

import org.jspecify.annotations.NullMarked;
