/**
 * Scales workloads by metrics: HorizontalPodAutoscaler v2 (upstream: pkg/controller/podautoscaler).
 *
 * <p>{@link io.kuber.controller.podautoscaler.AutoscalerController} fetches and remembers, {@link
 * io.kuber.controller.podautoscaler.AutoscalerPlanner} decides: {@link
 * io.kuber.controller.podautoscaler.Proposals} says how many pods the metrics ask for, {@link
 * io.kuber.controller.podautoscaler.Restraint} how many of them are wise. Numbers come from {@link
 * io.kuber.controller.podautoscaler.Metrics}. What was recommended and done before is a {@link
 * io.kuber.controller.podautoscaler.History}, owned by the reconciler's loop; it is lost with the
 * process, as upstream's is.
 *
 * <p><b>Invariant:</b> a plan never asks for fewer pods than {@code minReplicas} nor for more than
 * {@code maxReplicas}, and never scales what somebody scaled to zero.
 */
@NullMarked
package io.kuber.controller.podautoscaler;

import org.jspecify.annotations.NullMarked;
