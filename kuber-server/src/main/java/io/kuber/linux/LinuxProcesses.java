package io.kuber.linux;

import static io.kuber.linux.Kernel.call;
import static io.kuber.linux.Kernel.check;
import static io.kuber.linux.Kernel.uninterrupted;

/** The verbs on processes and namespaces, made for real; keeps nothing, so it needs no class. */
interface LinuxProcesses extends ProcessCalls {
  /** The size of {@code siginfo_t}, and where it keeps how and with what a child ended. */
  int SIGINFO_BYTES = 128;

  int SIGINFO_CODE = 8;
  int SIGINFO_STATUS = 24;

  int BPF_PROG_LOAD = 5;
  int BPF_PROG_ATTACH = 8;
  int BPF_ATTRIBUTE_BYTES = 128;

  @Override
  default void unshare(long flags) {
    call(Call.UNSHARE, flags);
  }

  @Override
  default void setns(int descriptor, long flags) {
    call(Call.SETNS, descriptor, flags);
  }

  @Override
  default void setHostname(String name) {
    Memory memory = Kernel.scratch(name.length() * 4);
    long result = Kernel.tryCall(Call.SETHOSTNAME, memory.string(name), name.length());
    check(result, Call.SETHOSTNAME, name);
  }

  @Override
  default long prctl(int option, long argument) {
    return call(Call.PRCTL, option, argument);
  }

  @Override
  default int loadBpf(int type, byte[] instructions) {
    Memory memory = Kernel.scratch(instructions.length);
    long attributes = memory.space(BPF_ATTRIBUTE_BYTES);
    memory.putInt(attributes, type);
    memory.putInt(attributes + 4, instructions.length / Long.BYTES);
    memory.putLong(attributes + 8, memory.bytes(instructions));
    memory.putLong(attributes + 16, memory.string("Apache"));
    long result = Kernel.tryCall(Call.BPF, BPF_PROG_LOAD, attributes, BPF_ATTRIBUTE_BYTES);
    return (int) check(result, Call.BPF, "load", type, instructions.length + " bytes");
  }

  @Override
  default void attachBpf(int program, int cgroup, int type, int flags) {
    Memory memory = Kernel.scratch(0);
    long attributes = memory.space(BPF_ATTRIBUTE_BYTES);
    memory.putInt(attributes, cgroup);
    memory.putInt(attributes + 4, program);
    memory.putInt(attributes + 8, type);
    memory.putInt(attributes + 12, flags);
    long result = Kernel.tryCall(Call.BPF, BPF_PROG_ATTACH, attributes, BPF_ATTRIBUTE_BYTES);
    check(result, Call.BPF, "attach", program, cgroup, type, flags);
  }

  @Override
  default int pidfd(int pid) {
    return call(Call.PIDFD_OPEN, pid, 0);
  }

  @Override
  default void signal(int pidfd, int signal) {
    call(Call.PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
  }

  @Override
  default int descriptorOf(int pidfd, int number) {
    return call(Call.PIDFD_GETFD, pidfd, number, 0);
  }

  @Override
  default ChildExit awaitExit(int pidfd) {
    Memory memory = Kernel.scratch(0);
    long info = memory.space(SIGINFO_BYTES);
    check(
        uninterrupted(Call.WAITID, Uapi.P_PIDFD, pidfd, info, Uapi.WEXITED, 0), Call.WAITID, pidfd);
    boolean exited = memory.getInt(info + SIGINFO_CODE) == Uapi.CLD_EXITED;
    return new ChildExit(memory.getInt(info + SIGINFO_STATUS), !exited);
  }
}
