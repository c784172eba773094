/**
 * The kinds of {@code metrics.k8s.io}: what nodes and pods use. Nothing of them is stored; the API
 * makes their objects of what nodes measured. A class per kind, laid out like those of {@link
 * io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.metrics.MetricsKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.metrics;

import org.jspecify.annotations.NullMarked;
