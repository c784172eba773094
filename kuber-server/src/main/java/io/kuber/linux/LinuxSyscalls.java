package io.kuber.linux;

/** The verbs on the kernel of this machine, all of them in one. */
final class LinuxSyscalls
    implements Syscalls,
        LinuxFiles,
        LinuxEntries,
        LinuxEvents,
        LinuxMounts,
        LinuxProcesses,
        LinuxSockets {
  static final Syscalls INSTANCE = new LinuxSyscalls();

  private LinuxSyscalls() {}
}
