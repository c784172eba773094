/**
 * Starts of containers, kuber's beside those of crun and runc and of a C program that does as
 * little as can be done.
 *
 * <p>All get the same root file system, namespaces, mounts, version 1 control groups, capabilities
 * and filter of system calls, and take turns in one run, so that what else happens on the machine
 * meets all of them; the ratios are what counts. Each is used only where it is found. Start at
 * {@link io.kuber.load.container.StartLoad}.
 *
 * <p><b>Threads:</b> one for each start that is under way.
 */
@NullMarked
package io.kuber.load.container;

import org.jspecify.annotations.NullMarked;
