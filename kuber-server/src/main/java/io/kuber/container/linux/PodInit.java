package io.kuber.container.linux;

import io.kuber.container.Resources;
import io.kuber.linux.Argument;
import io.kuber.linux.Call;
import io.kuber.linux.Child;
import io.kuber.linux.Launcher;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;

/**
 * The first process of a PID namespace that a pod's containers share: it ignores the end of its
 * children, so that the kernel reaps them, and waits for ever. Its whole memory is two pages.
 */
final class PodInit {
  private static final long SIG_IGN = 1;
  private static final int SIGNAL_SET_BYTES = 8;

  private PodInit() {}

  /** Pins the namespace that the process is the first of. */
  static Path pin(Syscalls linux, Child init, Path directory) {
    Path namespace = Path.of("/proc", Integer.toString(init.pid()), "ns/pid");
    return PodNamespaces.pin(linux, namespace, directory.resolve(PodNamespaces.PROCESSES));
  }

  /** Starts the process in a new PID namespace and in the given control group. */
  static Child start(Syscalls linux, Launcher launcher, Cgroup cgroup) {
    cgroup.make(Resources.UNLIMITED);
    try (Descriptors opened = new Descriptors(linux)) {
      var entrance = opened.addAll(cgroup.open());
      Program program = Program.ofChild();
      cgroup.join(program, entrance);
      program.must(Call.SETSID);
      Argument ignore = Argument.words(SIG_IGN, 0, 0, 0);
      program.must(Call.RT_SIGACTION, Uapi.SIGCHLD, ignore, 0, SIGNAL_SET_BYTES);
      int flags = Uapi.O_RDWR | Uapi.O_CLOEXEC;
      Argument nothing = program.must(Call.OPENAT, Uapi.AT_FDCWD, "/dev/null", flags, 0);
      for (int number = 0; number <= 2; number++) {
        program.must(Call.DUP3, nothing, number, 0);
      }
      program.detach();
      program.must(Call.PPOLL, 0, 0, 0, 0, 0);
      return launcher.launch(program, Uapi.CLONE_NEWPID, cgroup.cloneTarget(entrance));
    }
  }
}
