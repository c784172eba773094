/**
 * Deletes Jobs a while after they have ended (upstream: pkg/controller/ttlafterfinished).
 *
 * <p>Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.ttlafterfinished.FinishedJobController}.
 *
 * <p><b>Invariant:</b> the job that is deleted is the very one that was looked at: its uid and its
 * revision are conditions of the deletion.
 */
@NullMarked
package io.kuber.controller.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
