/**
 * Containers on Linux, from nothing but system calls.
 *
 * <p>Place in the flow: step 11, below {@code io.kuber.container} and above {@code io.kuber.linux}.
 * A start prepares descriptors in the JVM (control groups, a detached overlay, pipes), writes one
 * {@link io.kuber.linux.Program} and lets a child run it; {@link
 * io.kuber.container.linux.StartProgram} is that program's table of contents.
 *
 * <p>A start leaves two processes: the container's first one, and its parent, the keeper ({@link
 * io.kuber.container.linux.KeeperPart}), which outlives the agent and lets the next one take the
 * container over.
 *
 * <p>Threads: starts and execs run on the caller's thread; one thread, {@link
 * io.kuber.container.linux.Pump}, reads output and notices ends.
 *
 * <p><b>Invariant:</b> no thread of the JVM that does anything else ever changes its namespaces or
 * credentials. <b>Invariant:</b> control groups lie under {@code /kuber/<instance>}, everything
 * else under the state directory, so that enumerating the two finds all there is to reclaim.
 *
 * <p>Start at {@link io.kuber.container.linux.LinuxContainers}.
 */
@NullMarked
package io.kuber.container.linux;

import org.jspecify.annotations.NullMarked;
