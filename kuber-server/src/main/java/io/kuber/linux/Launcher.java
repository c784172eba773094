package io.kuber.linux;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Starts child processes that run a {@link Program}.
 *
 * <p>The child is made by {@code clone3} with shared memory and a parent that waits (as {@code
 * vfork} does). All it does in the JVM's memory is sort its descriptors and execute an ELF image of
 * 340 bytes from a sealed memory file. That image maps the program and interprets it in an address
 * space of its own, so neither the container nor the kernel's OOM killer ever meets the JVM's.
 *
 * <p>A pipe that closes on {@code execve} tells when the program has ended one way or the other; a
 * failed step is read from the shared memory. Usable from any number of threads at once.
 */
public final class Launcher implements AutoCloseable {
  /** What a child exits with when a step of its program failed. */
  public static final int FAILED = 127;

  /** A program that has not executed anything by then is stuck and gets killed. */
  private static final int LAUNCH_LIMIT_MILLIS = 60_000;

  private final Syscalls linux;
  private final InitImage image;

  /** Makes the sealed image; fails on processors that there is no machine code for. */
  public Launcher(Syscalls linux) {
    this.linux = linux;
    this.image = new InitImage(linux);
    occupy(linux, CloneStage.PROGRAM_DESCRIPTOR);
    occupy(linux, CloneStage.STATUS_DESCRIPTOR);
  }

  /** Descriptors that get a meaning in the child must not be ones that it is to inherit. */
  private static void occupy(Syscalls linux, int descriptor) {
    int opened = linux.open("/dev/null", Uapi.O_RDONLY, 0);
    if (opened > descriptor) {
      linux.close(opened);
    }
  }

  /**
   * Starts a child and waits until it has executed what its program ends in.
   *
   * @param namespaces {@code CLONE_NEW*} flags of the namespaces that are made for the child
   * @param cgroup a descriptor of the version 2 control group to start in, if any
   * @throws SyscallException the step that failed; nothing of the child is left then
   */
  public Child launch(Program program, long namespaces, OptionalInt cgroup) {
    return run(program, namespaces, cgroup, (child, encoded) -> child);
  }

  /**
   * A process that executed something, and the one that stayed behind as its parent.
   *
   * @param pid the number of the process; it may have ended by now
   * @param keeper its parent, a child of this process
   */
  public record Kept(int pid, Child keeper) {}

  /**
   * Starts a child that becomes a keeper, and waits until the keeper's own child has executed what
   * the program ends in.
   *
   * @throws SyscallException the step that failed; nothing of either is left then
   */
  public Kept launchKept(Program program) {
    Argument.Result clone = Objects.requireNonNull(program.kept(), "a program with a keeper");
    return run(
        program,
        0,
        OptionalInt.empty(),
        (keeper, encoded) -> new Kept((int) encoded.result(clone), keeper));
  }

  private <T> T run(
      Program program,
      long namespaces,
      OptionalInt cgroup,
      BiFunction<Child, EncodedProgram, T> result) {
    FileCalls.Pipe status = linux.pipe();
    try (SharedMemory shared = new SharedMemory(linux, MachineCode.PROGRAM_BYTES)) {
      EncodedProgram encoded =
          new EncodedProgram(program, shared.seenFrom(MachineCode.PROGRAM_ADDRESS));
      Child child;
      try {
        child =
            new CloneStage(image, shared.descriptor(), status.writeEnd())
                .run(program, namespaces, cgroup, this::reapIfAny);
      } finally {
        linux.close(status.writeEnd());
      }
      return result.apply(settle(child, program, encoded, status.readEnd()), encoded);
    } finally {
      linux.close(status.readEnd());
    }
  }

  /** Waits for the end of the program, and tells the process that came out of it. */
  private Child settle(Child child, Program program, EncodedProgram encoded, int status) {
    if (!linux.awaitReadable(status, LAUNCH_LIMIT_MILLIS)) {
      linux.signal(child.pidfd(), Uapi.SIGKILL);
      reap(child);
      throw new SyscallException("running a start program", Errno.ETIMEDOUT.number());
    }
    Argument.Buffer successor = program.successor();
    Child survivor = child;
    if (successor != null) {
      reap(child);
      int pid = encoded.read(successor);
      survivor = new Child(pid, pid == 0 ? -1 : linux.pidfd(pid));
    }
    var failure = encoded.failure();
    if (failure.isPresent()) {
      if (program.kept() != null) {
        linux.signal(survivor.pidfd(), Uapi.SIGKILL); // A keeper stays for longer than its child.
      }
      reapIfAny(survivor);
      throw failure.get();
    }
    return survivor;
  }

  private void reapIfAny(Child child) {
    if (child.pid() != 0) {
      reap(child);
    }
  }

  private void reap(Child child) {
    linux.awaitExit(child.pidfd());
    linux.close(child.pidfd());
  }

  @Override
  public void close() {
    image.close();
  }
}
