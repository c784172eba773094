/**
 * Deletes what has lost its owners, and keeps the promises of foreground and orphan deletion
 * (upstream: pkg/controller/garbagecollector).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.garbage.GarbagePlanner}.
 */
@NullMarked
package io.kuber.controller.garbage;

import org.jspecify.annotations.NullMarked;
