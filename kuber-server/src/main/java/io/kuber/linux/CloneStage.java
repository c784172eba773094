package io.kuber.linux;

import java.lang.ref.Reference;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What a child does in the memory that it shares with the JVM: sort its descriptors and execute the
 * image. Used once, by the thread that makes the child.
 *
 * @param image what it executes
 * @param memory a descriptor of the memory with its program
 * @param status the writable end of the pipe that tells that it has executed
 */
record CloneStage(InitImage image, int memory, int status) {
  /** Where the child finds its program, and the pipe that tells that it has executed. */
  static final int PROGRAM_DESCRIPTOR = 3;

  static final int STATUS_DESCRIPTOR = 4;

  private static final int FIRST_FREE_DESCRIPTOR = 5;
  private static final long LAST_DESCRIPTOR = 0xffff_ffffL;

  /**
   * All signals but ILL, TRAP, BUS, FPE, SEGV and SYS: HotSpot works with SIGSEGV, and a process
   * that blocks it dies on its next null check.
   */
  private static final long BLOCKED_SIGNALS =
      ~(1L << 3 | 1L << 4 | 1L << 6 | 1L << 7 | 1L << 10 | 1L << 30);

  /**
   * Makes the child and returns once it has executed the image.
   *
   * @param whenFailed is given what there is of a child whose descriptors could not be sorted
   */
  Child run(Program program, long namespaces, OptionalInt cgroup, Consumer<Child> whenFailed) {
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
        CloneArguments.of(flags, pidfd, pid, Argument.of(cgroup.orElse(0))),
        CloneArguments.BYTES);
    stage.must(Call.DUP3, memory, PROGRAM_DESCRIPTOR, 0);
    stage.must(Call.DUP3, status, STATUS_DESCRIPTOR, 0);
    keepOnly(stage, program);
    stage.must(
        Call.EXECVEAT,
        image.descriptor(),
        "",
        Argument.words(InitImage.NAME, 0),
        Argument.words(0),
        Uapi.AT_EMPTY_PATH);
    Memory stageMemory = Memory.allocate(stageBytes(stage));
    try {
      EncodedProgram encoded = new EncodedProgram(stage, stageMemory);
      interpretWithSignalsBlocked(encoded);
      Child child = new Child(encoded.read(pid), encoded.read(pidfd));
      var failure = encoded.failure();
      if (failure.isPresent()) {
        whenFailed.accept(child);
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

  /** Closes all descriptors but the standard ones, the two of the launch, and inherited ones. */
  private void keepOnly(Program stage, Program program) {
    long next = FIRST_FREE_DESCRIPTOR;
    var kept = program.inherited();
    kept.add(image.descriptor());
    for (int descriptor : kept.tailSet(FIRST_FREE_DESCRIPTOR)) {
      if (descriptor > next) {
        stage.must(Call.CLOSE_RANGE, next, descriptor - 1, 0);
      }
      if (descriptor != image.descriptor()) {
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
}
