package io.kuber.linux;

/** {@code struct clone_args}, as {@code clone3} takes it. Pure. */
public final class CloneArguments {
  /** The size of the structure. */
  static final int BYTES = 88;

  private CloneArguments() {}

  /**
   * The structure; the child's end is signalled as the kernel wants it by the flags.
   *
   * @param flags {@code CLONE_*}
   * @param pidfd where a descriptor of the child is stored
   * @param pid where its number is stored
   * @param cgroup a descriptor of the control group to start in, if the flags ask for one
   */
  public static Argument.Words of(long flags, Argument pidfd, Argument pid, Argument cgroup) {
    long exitSignal = (flags & Uapi.CLONE_PARENT) == 0 ? Uapi.SIGCHLD : 0;
    long noStack = 0;
    long noThreadState = 0;
    long anyPid = 0;
    return Argument.words(
        flags, pidfd, 0, pid, exitSignal, noStack, 0, noThreadState, anyPid, 0, cgroup);
  }
}
