/**
 * The official Java client ({@code io.kubernetes:client-java}) on a cluster of the testkit, through
 * a port of this machine alone: it has no seam for a transport without one.
 *
 * <p>Outside the flow. Start at {@link io.kuber.testkit.official.OfficialClient}; it belongs to the
 * thread that asks for it.
 *
 * <p><b>Invariant:</b> the library is optional: no class outside this package names it, so whoever
 * does not have it loads nothing of it.
 */
@NullMarked
package io.kuber.testkit.official;

import org.jspecify.annotations.NullMarked;
