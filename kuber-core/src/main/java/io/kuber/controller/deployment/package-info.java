/**
 * Rolls a Deployment from one pod template to the next, a ReplicaSet per template (upstream:
 * pkg/controller/deployment).
 *
 * <p>{@link io.kuber.controller.deployment.DeploymentController} fetches, {@link
 * io.kuber.controller.deployment.DeploymentPlanner} decides, with the arithmetic of rolling updates
 * in {@link io.kuber.controller.deployment.Rollout} and that of scaling in {@link
 * io.kuber.controller.deployment.Scaling}. Nothing here has state; the reconciler's loop calls it.
 *
 * <p><b>Invariant:</b> no plan takes the available pods of a rolling update below what {@code
 * maxUnavailable} leaves, nor its pods above what {@code maxSurge} adds.
 */
@NullMarked
package io.kuber.controller.deployment;

import org.jspecify.annotations.NullMarked;
