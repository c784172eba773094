package io.kuber.linux;

/**
 * The system calls a node needs, as verbs on Java values: the seam between kuber and the kernel.
 * Each group of verbs is an interface of its own.
 *
 * <p>Descriptors are plain numbers that the caller closes; each is made close-on-exec. Flags are
 * the kernel's, named in {@link Uapi}. Every verb throws {@link SyscallException} when the kernel
 * refuses; verbs that can wait are repeated when a signal interrupts them. Verbs may be called from
 * any thread.
 */
public interface Syscalls
    extends FileCalls, EntryCalls, EventCalls, MountCalls, ProcessCalls, SocketCalls {
  /** The kernel of this machine. */
  static Syscalls linux() {
    return LinuxSyscalls.INSTANCE;
  }
}
