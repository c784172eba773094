package io.kuber.linux;

import java.lang.ref.Reference;
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

  /** The size of {@code struct clone_args}. */
  public static final int CLONE_ARGUMENTS_BYTES = 88;

  /** Where the child finds its program, and the pipe that tells that it has executed. */
  static final int PROGRAM_DESCRIPTOR = 3;

  static final int STATUS_DESCRIPTOR = 4;

  private static final int FIRST_FREE_DESCRIPTOR = 5;
  private static final long LAST_DESCRIPTOR = 0xffff_ffffL;
  private static final int READ_AND_EXECUTE_BY_ALL = 0555;

  /** A program that has not executed anything by then is stuck and gets killed. */
  private static final int LAUNCH_LIMIT_MILLIS = 60_000;

  /**
   * All signals but ILL, TRAP, BUS, FPE, SEGV and SYS: HotSpot works with SIGSEGV, and a process
   * that blocks it dies on its next null check.
   */
  private static final long BLOCKED_SIGNALS =
      ~(1L << 3 | 1L << 4 | 1L << 6 | 1L << 7 | 1L << 10 | 1L << 30);

  private final Syscalls linux;
  private final int image;

  /** Makes the sealed image; fails on processors that there is no machine code for. */
  public Launcher(Syscalls linux) {
    this.linux = linux;
    this.image = sealedImage(linux);
    occupy(linux, PROGRAM_DESCRIPTOR);
    occupy(linux, STATUS_DESCRIPTOR);
  }

  private static int sealedImage(Syscalls linux) {
    byte[] elf = ElfImage.around(MachineCode.process());
    int descriptor = linux.memfd("kuber-init", Uapi.MFD_ALLOW_SEALING);
    linux.write(descriptor, elf, 0, elf.length);
    linux.chmod(descriptor, READ_AND_EXECUTE_BY_ALL);
    int all = Uapi.F_SEAL_SEAL | Uapi.F_SEAL_SHRINK | Uapi.F_SEAL_GROW | Uapi.F_SEAL_WRITE;
    linux.fcntl(descriptor, Uapi.F_ADD_SEALS, all);
    return descriptor;
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
    Syscalls.Pipe status = linux.pipe();
    try (SharedMemory shared = new SharedMemory(linux, MachineCode.PROGRAM_BYTES)) {
      EncodedProgram encoded =
          new EncodedProgram(program, shared.seenFrom(MachineCode.PROGRAM_ADDRESS));
      Child child;
      try {
        child = cloneInto(program, shared.descriptor(), status.writeEnd(), namespaces, cgroup);
      } finally {
        linux.close(status.writeEnd());
      }
      return result.apply(settle(child, program, encoded, status.readEnd()), encoded);
    } finally {
      linux.close(status.readEnd());
    }
  }

  /** The part that happens in shared memory: clone, sort descriptors, execute the image. */
  private Child cloneInto(
      Program program, int memory, int status, long namespaces, OptionalInt cgroup) {
    Argument.Buffer pidfd = Argument.space(Long.BYTES);
    Argument.Buffer pid = Argument.space(Long.BYTES);
    long flags =
        namespaces
            | Uapi.CLONE_VM
            | Uapi.CLONE_VFORK
            | Uapi.CLONE_PIDFD
            | Uapi.CLONE_PARENT_SETTID
            | Uapi.CLONE_CLEAR_SIGHAND
            | (cgroup.isPresent() ? Uapi.CLONE_INTO_CGROUP : 0);
    Program stage = new Program();
    stage.add(
        Program.Then.RETURN_IN_PARENT,
        Call.CLONE3,
        cloneArguments(flags, pidfd, pid, Argument.of(cgroup.orElse(0))),
        CLONE_ARGUMENTS_BYTES);
    stage.must(Call.DUP3, memory, PROGRAM_DESCRIPTOR, 0);
    stage.must(Call.DUP3, status, STATUS_DESCRIPTOR, 0);
    keepOnly(stage, program);
    stage.must(
        Call.EXECVEAT,
        image,
        "",
        Argument.words("kuber-init", 0),
        Argument.words(0),
        Uapi.AT_EMPTY_PATH);
    Memory stageMemory = Memory.allocate(stageBytes(stage));
    try {
      EncodedProgram encoded = new EncodedProgram(stage, stageMemory);
      interpretWithSignalsBlocked(encoded);
      Child child = new Child(encoded.read(pid), encoded.read(pidfd));
      var failure = encoded.failure();
      if (failure.isPresent()) {
        reapIfAny(child);
        throw failure.get();
      }
      return child;
    } finally {
      Reference.reachabilityFence(stageMemory);
    }
  }

  private static int stageBytes(Program stage) {
    int perStep = EncodedProgram.STEP_BYTES + 64;
    return 1024 + stage.steps().size() * perStep;
  }

  /**
   * {@code struct clone_args}; the child's end is signalled as the kernel wants it by the flags.
   */
  public static Argument.Words cloneArguments(
      long flags, Argument pidfd, Argument pid, Argument cgroup) {
    long exitSignal = (flags & Uapi.CLONE_PARENT) == 0 ? Uapi.SIGCHLD : 0;
    long noStack = 0;
    long noThreadState = 0;
    long anyPid = 0;
    return Argument.words(
        flags, pidfd, 0, pid, exitSignal, noStack, 0, noThreadState, anyPid, 0, cgroup);
  }

  /** Closes all descriptors but the standard ones, the two of the launch, and inherited ones. */
  private void keepOnly(Program stage, Program program) {
    long next = FIRST_FREE_DESCRIPTOR;
    var kept = program.inherited();
    kept.add(image);
    for (int descriptor : kept.tailSet(FIRST_FREE_DESCRIPTOR)) {
      if (descriptor > next) {
        stage.must(Call.CLOSE_RANGE, next, descriptor - 1, 0);
      }
      if (descriptor != image) {
        stage.must(Call.FCNTL, descriptor, Uapi.F_SETFD, 0);
      }
      next = descriptor + 1L;
    }
    stage.must(Call.CLOSE_RANGE, next, LAST_DESCRIPTOR, 0);
  }

  /** A signal handler of the JVM must not run in a child that shares its memory. */
  private static void interpretWithSignalsBlocked(EncodedProgram program) {
    Memory masks = Memory.allocate(64);
    long blocked = masks.space(Long.BYTES);
    long before = masks.space(Long.BYTES);
    masks.putLong(blocked, BLOCKED_SIGNALS);
    Kernel.tryCall(Call.RT_SIGPROCMASK, Uapi.SIG_SETMASK, blocked, before, Long.BYTES);
    try {
      MachineCode.interpret(program.start());
    } finally {
      Kernel.tryCall(Call.RT_SIGPROCMASK, Uapi.SIG_SETMASK, before, 0, Long.BYTES);
      Reference.reachabilityFence(masks);
    }
  }

  /** Waits for the end of the program, and tells the process that came out of it. */
  private Child settle(Child child, Program program, EncodedProgram encoded, int status) {
    if (!linux.awaitReadable(status, LAUNCH_LIMIT_MILLIS)) {
      linux.signal(child.pidfd(), Uapi.SIGKILL);
      reap(child);
      throw new SyscallException("running a start program", Errno.ETIMEDOUT.number());
    }
    Argument.Result handOver = program.handOver();
    Child survivor = child;
    if (handOver != null) {
      reap(child);
      int pid = Math.max(0, (int) encoded.result(handOver));
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
    linux.close(image);
  }
}
