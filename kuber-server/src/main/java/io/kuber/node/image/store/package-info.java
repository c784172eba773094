/**
 * Images on this machine: layers as directories, each kept once however many images share it, and a
 * record per image.
 *
 * <p>Place in the flow: filled by pulls, read when a container starts, emptied when the disk fills.
 *
 * <p>Threads: {@link io.kuber.node.image.store.ContentStore} may be asked from any thread and holds
 * a lock while it changes names; planners are pure.
 *
 * <p><b>Invariants:</b> what has its final name is complete and on the disk, since it was made
 * under another name, synced and renamed; a layer goes only when no record and no pull names it; a
 * directory does not change once it has its name.
 *
 * <p>Start at {@link io.kuber.node.image.store.ContentStore}.
 */
@NullMarked
package io.kuber.node.image.store;

import org.jspecify.annotations.NullMarked;
