/**
 * Starts the Jobs of CronJobs at their times and forgets old ones (upstream:
 * pkg/controller/cronjob).
 *
 * <p>{@link io.kuber.controller.cronjob.CronJobController} fetches, {@link
 * io.kuber.controller.cronjob.CronJobPlanner} decides; {@link io.kuber.controller.cronjob.Missed}
 * says which start is due. Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> a time starts at most one job: its name is made of the minute, so that a
 * controller that began anew, or sees an old view, is refused the second one.
 */
@NullMarked
package io.kuber.controller.cronjob;

import org.jspecify.annotations.NullMarked;
