/**
 * Keeps the pods of a StatefulSet: one for each ordinal, with a name, an address and claims that
 * stay (upstream: pkg/controller/statefulset).
 *
 * <p>{@link io.kuber.controller.statefulset.StatefulSetController} fetches, {@link
 * io.kuber.controller.statefulset.StatefulSetPlanner} decides; what a pod of an ordinal looks like
 * is {@link io.kuber.controller.statefulset.Identity}, its claims are {@link
 * io.kuber.controller.statefulset.Claims}. Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariants:</b> there is never more than one pod of an ordinal, because its name follows
 * from the ordinal; a StatefulSet whose pods are OrderedReady creates none while one of a lower
 * ordinal is not available, and deletes one at a time.
 */
@NullMarked
package io.kuber.controller.statefulset;

import org.jspecify.annotations.NullMarked;
