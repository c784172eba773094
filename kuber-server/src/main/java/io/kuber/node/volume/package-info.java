/**
 * Volumes: directories of a pod that its containers mount.
 *
 * <p>Side branch of step 10: made after the pod's sandbox, removed with it. Runs on the threads
 * that start containers. Start at {@link io.kuber.node.volume.Volumes}.
 *
 * <p><b>Invariant:</b> nothing is written outside the directory of the pod; what belongs to the
 * machine ({@code hostPath}) is mounted and never copied or removed.
 */
@NullMarked
package io.kuber.node.volume;

import org.jspecify.annotations.NullMarked;
