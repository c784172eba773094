/**
 * Container logs: a file per instance of a container, written line by line with the time of each.
 *
 * <p>Side branch of step 11: what a container writes goes to a {@link io.kuber.node.log.LogWriter},
 * and {@code kubectl logs} reads it back through a {@link io.kuber.node.log.LogReader}. A writer
 * belongs to the runtime's thread; readers may be anywhere.
 *
 * <p><b>Invariant:</b> a line in a file is whole; its first fields are the time, the stream, and
 * whether the container's line ends with it (the format of the Container Runtime Interface).
 */
@NullMarked
package io.kuber.node.log;

import org.jspecify.annotations.NullMarked;
