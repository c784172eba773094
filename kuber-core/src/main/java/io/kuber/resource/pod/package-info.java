/**
 * Pods, on their own and as templates of workloads: defaults and validation of {@code PodSpec}.
 *
 * <p>Pure functions without an owner thread. Start at {@link io.kuber.resource.pod.PodDefaults} and
 * {@link io.kuber.resource.pod.PodCheck}.
 */
@NullMarked
package io.kuber.resource.pod;

import org.jspecify.annotations.NullMarked;
