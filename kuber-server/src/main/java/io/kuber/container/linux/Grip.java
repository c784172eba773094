package io.kuber.container.linux;

import io.kuber.linux.Errno;
import io.kuber.linux.SyscallException;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The agent's descriptors of a container and its keeper; -1 for what there is not.
 *
 * @param keeper the keeper; not there when it is gone
 * @param first the container's first process; not there when that has ended
 * @param streams the agent's ends of the standard streams
 * @param end the pipe that ends when the container has
 */
record Grip(int keeper, int first, Stdio.Ends streams, int end) {
  /** Of a container whose keeper is gone. */
  static final Grip NONE = new Grip(-1, -1, Stdio.Ends.NONE, -1);

  /** Takes hold of a container that an earlier run started. */
  static Grip take(Syscalls linux, ContainerRecord container) {
    ContainerRecord.Keeper known = container.keeper();
    int keeper = known.descriptor(linux);
    if (keeper < 0) {
      return NONE;
    }
    try {
      Stdio.Ends streams =
          Stdio.take(linux, keeper, known.streams(), container.process().terminal());
      int end = linux.descriptorOf(keeper, known.end());
      return new Grip(keeper, child(linux, container.pid(), known.pid()), streams, end);
    } catch (SyscallException e) {
      if (e.is(Errno.ESRCH)) {
        linux.close(keeper);
        return NONE; // Killed a moment ago, or a zombie that nobody reaps.
      }
      throw e;
    }
  }

  /** The first process of a container, or -1 when it has ended and its number may be another's. */
  static int child(Syscalls linux, int pid, int keeper) {
    return process(linux, pid, stat -> stat.parent() == keeper);
  }

  /** A process of a number that is the one expected, or -1. */
  static int process(Syscalls linux, int pid, Predicate<ProcessStat> isTheOne) {
    int descriptor;
    try {
      descriptor = linux.pidfd(pid);
    } catch (SyscallException e) {
      if (e.is(Errno.ESRCH)) {
        return -1;
      }
      throw e;
    }
    if (ProcessStat.of(pid).filter(isTheOne).isPresent()) {
      return descriptor;
    }
    linux.close(descriptor);
    return -1;
  }

  /** Closes what is there of the processes and the pipe; streams are closed by who has them. */
  void close(Syscalls linux) {
    IntStream.of(keeper, first, end).filter(descriptor -> descriptor >= 0).forEach(linux::close);
  }

  /** Ends the keeper, if it is there. */
  void endKeeper(Syscalls linux) {
    if (keeper >= 0) {
      end(linux, keeper);
    }
  }

  /**
   * Ends a helper process, reaps it when it is a child of this process and not of an earlier run's,
   * and closes its descriptor.
   */
  static void end(Syscalls linux, int process) {
    try {
      linux.signal(process, Uapi.SIGKILL);
      linux.awaitExit(process);
    } catch (SyscallException e) {
      if (!e.is(Errno.ECHILD) && !e.is(Errno.ESRCH)) {
        throw e;
      }
    } finally {
      linux.close(process);
    }
  }
}
