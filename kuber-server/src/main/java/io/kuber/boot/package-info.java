/**
 * Composition roots: where the parts of a process are made and wired, by hand and in one place.
 *
 * <p>The only package that knows both halves, the server and the node. Start at {@link
 * io.kuber.boot.Cluster}.
 *
 * <p><b>Invariant:</b> what was started is stopped in the reverse order, also when a later part
 * fails to start.
 */
@NullMarked
package io.kuber.boot;

import org.jspecify.annotations.NullMarked;
