package io.kuber.linux;

/**
 * Processes, and the namespaces, rights and programs that govern them. Part of {@link Syscalls}.
 */
public interface ProcessCalls {
  /**
   * How a child ended.
   *
   * @param code the exit code, or the number of the signal that ended it
   * @param signalled whether a signal ended it
   */
  record ChildExit(int code, boolean signalled) {}

  /** Moves the calling thread into new namespaces, {@code CLONE_NEW*}. */
  void unshare(long flags);

  /** Moves the calling thread into the namespace that the descriptor refers to. */
  void setns(int descriptor, long flags);

  /** Sets the host name of the calling thread's UTS namespace. */
  void setHostname(String name);

  long prctl(int option, long argument);

  /**
   * Loads an eBPF program.
   *
   * @param type such as {@code BPF_PROG_TYPE_CGROUP_DEVICE}
   * @param instructions 8 bytes each
   * @return a descriptor of the program
   */
  int loadBpf(int type, byte[] instructions);

  /** Attaches an eBPF program to a control group; {@code type} says to what of it. */
  void attachBpf(int program, int cgroup, int type, int flags);

  /** A descriptor of a process. */
  int pidfd(int pid);

  /** Sends a signal to the process behind a descriptor. */
  void signal(int pidfd, int signal);

  /**
   * A copy of a descriptor of another process, which must not be better protected than this one.
   */
  int descriptorOf(int pidfd, int number);

  /** Waits for a child to end and reaps it. */
  ChildExit awaitExit(int pidfd);
}
