/**
 * The kinds of {@code scheduling.k8s.io}: how important pods are. A class per kind, laid out like
 * those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.scheduling.SchedulingKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.scheduling;

import org.jspecify.annotations.NullMarked;
