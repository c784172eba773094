/**
 * Objects from files into a cluster, and out of it into files.
 *
 * <p>Outside the flow. {@code Manifests} reads files into objects that know where they stand;
 * {@link io.kuber.testkit.manifest.Loading}, where to start, brings them into a cluster; {@code
 * Export} writes what there is. What was written by hand goes through the API (steps 3 to 6). What
 * a cluster has printed is put into an image as it is ({@code Transplant}), since no client could
 * say uid, status and times.
 *
 * <p>Owner thread: that of the test.
 *
 * <p><b>Invariant:</b> all or nothing: when something is refused, the cluster goes on from the
 * objects that it had.
 */
@NullMarked
package io.kuber.testkit.manifest;

import org.jspecify.annotations.NullMarked;
