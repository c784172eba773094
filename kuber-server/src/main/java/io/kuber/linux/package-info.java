/**
 * The Linux kernel as the node sees it: system calls, the memory they point into, and programs of
 * system calls that a child process executes. The only package that touches JNR-FFI.
 *
 * <p>Place in the flow: the bottom of step 11. Containers ({@code io.kuber.container.linux}) and
 * pod networking sit on top and speak to the kernel only through {@link io.kuber.linux.Syscalls}.
 *
 * <p>Threads: every verb may be called from any thread and acts on the calling thread or on the
 * whole process exactly as the system call does. {@code setns} and {@code unshare} change the
 * calling thread; whoever calls them owns that thread.
 *
 * <p><b>Invariant:</b> a failed call never returns a value; it throws {@link
 * io.kuber.linux.SyscallException}, which names the call, its arguments and the error.
 * <b>Invariant: </b> native memory is reachable from the Java object that a verb works on until the
 * call is over.
 *
 * <p>Start at {@link io.kuber.linux.Syscalls}.
 */
@NullMarked
package io.kuber.linux;

import org.jspecify.annotations.NullMarked;
