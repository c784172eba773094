/**
 * The revisions that a workload's template went through, kept as ControllerRevisions (upstream:
 * pkg/controller/history).
 *
 * <p>StatefulSets and DaemonSets keep their history so; {@code kubectl rollout history} and {@code
 * undo} read it. Pure: planners ask {@link io.kuber.reconcile.history.History} what to do about the
 * present template and do it with the rest of their plan. Start there.
 *
 * <p><b>Invariant:</b> the newest revision of a history is always that of the present template, and
 * no two revisions of one history have the same number for longer than it takes to plan again.
 */
@NullMarked
package io.kuber.reconcile.history;

import org.jspecify.annotations.NullMarked;
