/**
 * Says in the status of each PodDisruptionBudget how many of its pods may be evicted now (upstream:
 * pkg/controller/disruption). The eviction subresource spends what it says.
 *
 * <p>{@link io.kuber.controller.disruption.DisruptionController} fetches, {@link
 * io.kuber.controller.disruption.BudgetPlanner} decides; how many pods there should be {@link
 * io.kuber.controller.disruption.ExpectedPods} asks their owners. {@link
 * io.kuber.controller.disruption.DisruptedPodPlanner} sees to pods that somebody meant to disrupt
 * and then did not. Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> a budget that cannot be computed allows nothing.
 */
@NullMarked
package io.kuber.controller.disruption;

import org.jspecify.annotations.NullMarked;
