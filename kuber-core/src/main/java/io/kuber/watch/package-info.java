/**
 * Watches: bounded streams of changes, resumable at a revision.
 *
 * <p>Step 7 of the flow. The applying thread appends every change to the history of its resource, a
 * ring, and signals watchers that are waiting; a watcher is a cursor into the ring and reads on its
 * own thread, without locks and without a queue of its own. Start at {@link
 * io.kuber.watch.WatchHub}.
 *
 * <p><b>Invariants:</b> a watch shows every change of its resource and namespace behind the
 * revision it was opened at, in order and once, or it ends with {@link
 * io.kuber.watch.WatchExpiredException}; nobody ever waits for a slow watcher.
 */
@NullMarked
package io.kuber.watch;

import org.jspecify.annotations.NullMarked;
