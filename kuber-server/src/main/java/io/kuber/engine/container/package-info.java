/**
 * Containers that people make by hand, over the runtime that pods have too.
 *
 * <p>What a container is to be is what its client said, kept as it was ({@link
 * io.kuber.engine.container.ContainerRecord}); {@link io.kuber.engine.container.ProcessPlan},
 * {@link io.kuber.engine.container.MountPlan} and {@link io.kuber.engine.container.PortPlan} turn
 * that into what runs, without doing anything. {@link io.kuber.engine.container.Life} does it, and
 * {@link io.kuber.engine.container.Containers} knows all of them. Each run of a container writes to
 * a layer of its own, on top of those of its runs before.
 *
 * <p>Threads: for any thread; what happens to one container happens one after the other, under its
 * own lock. What a container writes comes on the runtime's thread and waits for nobody ({@link
 * io.kuber.engine.container.ContainerOutput}).
 *
 * <p>Start at {@link io.kuber.engine.container.Containers}.
 */
@NullMarked
package io.kuber.engine.container;

import org.jspecify.annotations.NullMarked;
