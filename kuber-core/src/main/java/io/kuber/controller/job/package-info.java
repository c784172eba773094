/**
 * Runs the pods of Jobs until enough of them have succeeded, or too many have failed (upstream:
 * pkg/controller/job).
 *
 * <p>{@link io.kuber.controller.job.JobController} fetches, {@link
 * io.kuber.controller.job.JobPlanner} decides: {@link io.kuber.controller.job.Census} says how
 * things stand, {@link io.kuber.controller.job.Ending} whether the job is over, {@link
 * io.kuber.controller.job.Workforce} which pods come and go, and {@link
 * io.kuber.controller.job.Tally} what is written down. {@link
 * io.kuber.controller.job.OrphanedPodController} lets go of pods that no job counts any more.
 * Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariants:</b> every pod is counted once: its finalizer goes only after the job's status
 * names it (its uid, or its completion index), and its number rises only after the finalizer has
 * gone. No plan makes more active pods than {@code parallelism}, nor starts a pod for an index that
 * has succeeded or failed for good. A job is Complete or Failed only when all its pods have ended
 * and are counted.
 */
@NullMarked
package io.kuber.controller.job;

import org.jspecify.annotations.NullMarked;
