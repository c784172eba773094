package io.kuber.container.linux;

import io.kuber.container.ContainerException;
import io.kuber.container.Resources;
import io.kuber.linux.Argument;
import io.kuber.linux.Argument.Inherited;
import io.kuber.linux.Call;
import io.kuber.linux.Child;
import io.kuber.linux.FileCalls;
import io.kuber.linux.Launcher;
import io.kuber.linux.Program;
import io.kuber.linux.Syscalls;
import io.kuber.linux.Uapi;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The process that a pod's namespaces begin with, where one is needed: as the first of a PID
 * namespace that the containers share, or to make a user namespace. It ignores the end of its
 * children, so that the kernel reaps them, and waits for ever. Its whole memory is two pages.
 *
 * <p>Containers that share its PID namespace may have the right to debug it, so there is nothing to
 * gain by that: it is nobody, without any right, in an empty file system.
 */
final class PodInit {
  private static final long SIG_IGN = 1;
  private static final int SIGNAL_SET_BYTES = 8;
  private static final int NOBODY = 65_534;
  private static final int READY_LIMIT_MILLIS = 60_000;

  private PodInit() {}

  /** Pins the namespace that the process is the first of. */
  static Path pin(Syscalls linux, Child init, Path directory) {
    Path namespace = Path.of("/proc", Integer.toString(init.pid()), "ns/pid");
    return PodNamespaces.pin(linux, namespace, directory.resolve(PodNamespaces.PROCESSES));
  }

  /**
   * Starts the process in the given control group, and returns when it waits.
   *
   * @param namespaces {@code CLONE_NEW*} flags of those that are made with it
   * @param prepare what has to be done to the new namespaces before it can become nobody
   */
  static Child start(
      Syscalls linux, Launcher launcher, Cgroup cgroup, long namespaces, Consumer<Child> prepare) {
    cgroup.make(Resources.UNLIMITED);
    FileCalls.Pipe go = linux.pipe();
    FileCalls.Pipe ready = linux.pipe();
    try (Descriptors opened = new Descriptors(linux);
        Descriptors ours = new Descriptors(linux)) {
      ours.add(ready.readEnd());
      Child init;
      try (Descriptors theirs = new Descriptors(linux);
          Descriptors starting = new Descriptors(linux)) {
        starting.add(go.writeEnd());
        theirs.addAll(List.of(go.readEnd(), ready.writeEnd()));
        var entrance = opened.addAll(cgroup.open());
        Program program = Program.ofChild();
        cgroup.join(program, entrance);
        long atOnce = enter(program, namespaces);
        addTo(program, go.readEnd(), ready.writeEnd());
        init = launcher.launch(program, atOnce, cgroup.cloneTarget(entrance));
        prepare(linux, init, prepare);
      }
      awaitReady(linux, init, ready.readEnd());
      return init;
    }
  }

  private static void prepare(Syscalls linux, Child init, Consumer<Child> prepare) {
    try {
      prepare.accept(init);
    } catch (RuntimeException e) {
      Grip.end(linux, init.pidfd());
      throw e;
    }
  }

  /** The pipe ends when the process waits, or when it has failed and ended. */
  private static void awaitReady(Syscalls linux, Child init, int ready) {
    boolean inTime = linux.awaitReadable(ready, READY_LIMIT_MILLIS);
    if (!inTime || linux.awaitReadable(init.pidfd(), 0)) {
      Grip.end(linux, init.pidfd());
      throw new ContainerException("the first process of the pod has failed");
    }
  }

  /**
   * Who executes something in a user namespace in which it is nobody yet has no rights there any
   * more, so such a namespace comes after that; a PID namespace that belongs to it comes later
   * still.
   *
   * @return the flags of those that the process is to begin in
   */
  private static long enter(Program program, long namespaces) {
    if ((namespaces & Uapi.CLONE_NEWUSER) == 0) {
      return namespaces;
    }
    program.must(Call.UNSHARE, namespaces & ~Uapi.CLONE_NEWPID);
    if ((namespaces & Uapi.CLONE_NEWPID) != 0) {
      program.handOver(Uapi.CLONE_NEWPID);
    }
    return 0;
  }

  private static void addTo(Program program, int go, int ready) {
    program.must(Call.SETSID);
    Argument ignore = Argument.words(SIG_IGN, 0, 0, 0);
    program.must(Call.RT_SIGACTION, Uapi.SIGCHLD, ignore, 0, SIGNAL_SET_BYTES);
    int flags = Uapi.O_RDWR | Uapi.O_CLOEXEC;
    Argument nothing = program.must(Call.OPENAT, Uapi.AT_FDCWD, "/dev/null", flags, 0);
    program.must(Call.DUP3, nothing, 2, 0);
    program.must(Call.DUP3, new Inherited(go), 0, 0);
    program.must(Call.DUP3, new Inherited(ready), 1, 0);
    program.detach();
    program.must(Call.READ, 0, Argument.space(Long.BYTES), Long.BYTES);
    leaveFiles(program);
    Credentials.dropAll(program, NOBODY);
    program.must(Call.DUP3, 2, 0, 0);
    program.must(Call.DUP3, 2, 1, 0);
    program.must(Call.PPOLL, 0, 0, 0, 0, 0);
  }

  private static void leaveFiles(Program program) {
    program.must(Call.UNSHARE, Uapi.CLONE_NEWNS);
    program.must(Call.MOUNT, "none", "/", 0, Uapi.MS_REC | Uapi.MS_PRIVATE, 0);
    Filesystems.mount(program, "tmpfs", "/proc", 0, "mode=755,size=4k");
    program.must(Call.CHDIR, "/proc");
    program.must(Call.PIVOT_ROOT, ".", ".");
    program.must(Call.UMOUNT2, ".", Uapi.MNT_DETACH);
    program.must(Call.CHDIR, "/");
  }
}
