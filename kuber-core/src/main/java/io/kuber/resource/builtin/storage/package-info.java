/**
 * The kinds of {@code storage.k8s.io}: classes of volumes and the drivers behind them. A class per
 * kind, laid out like those of {@link io.kuber.resource.builtin}.
 *
 * <p>Pure functions without an owner thread. Start at {@link
 * io.kuber.resource.builtin.storage.StorageKinds}, the list.
 */
@NullMarked
package io.kuber.resource.builtin.storage;

import org.jspecify.annotations.NullMarked;
