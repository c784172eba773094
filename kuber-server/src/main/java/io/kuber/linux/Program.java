package io.kuber.linux;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of system calls that a child process makes one after the other, usually ending in {@code
 * execve}.
 *
 * <p>It is written in Java and executed by a few bytes of machine code in the child's own address
 * space, so that no thread of the JVM ever changes its namespaces, credentials or limits. Built by
 * one thread.
 */
public final class Program {
  /** A program longer than this is a mistake of the caller. */
  private static final int MOST_STEPS = 4096;

  private static final long LAST_DESCRIPTOR = 0xffff_ffffL;

  private final List<Step> steps = new ArrayList<>();
  private final SortedSet<Integer> inherited = new TreeSet<>();

  private Argument.@Nullable Buffer successor;
  private OptionalInt keeperStart = OptionalInt.empty();

  Program() {}

  /**
   * A program for {@link Launcher#launch}, which begins with what every child has to do: it becomes
   * invisible to the debugging interface, and its status pipe closes when it executes something.
   */
  public static Program ofChild() {
    Program program = new Program();
    program.must(Call.PRCTL, Uapi.PR_SET_DUMPABLE, 0);
    program.must(Call.FCNTL, CloneStage.STATUS_DESCRIPTOR, Uapi.F_SETFD, Uapi.FD_CLOEXEC);
    return program;
  }

  /** What happens after a step. */
  enum Then {
    /** A failure ends the child with {@link Launcher#FAILED}; otherwise the next step follows. */
    CONTINUE_OR_FAIL(4),
    /** The next step follows in any case. */
    CONTINUE(1),
    /** As the parent of a clone: back to the caller. As its child: the next step follows. */
    RETURN_IN_PARENT(2),
    /** As the parent of a clone: exit. As its child: the next step follows. */
    EXIT_IN_PARENT(8 | 4),
    /** As the parent of a clone: on to the keeper's part. As its child: the next step follows. */
    KEEP_IN_PARENT(2 | 4);

    final int bits;

    Then(int bits) {
      this.bits = bits;
    }
  }

  record Step(Call call, List<Argument> arguments, Then then) {
    @Override
    public String toString() {
      return arguments.stream()
          .map(Argument::toString)
          .collect(Collectors.joining(", ", call + "(", ")"));
    }
  }

  /** Adds a call that has to succeed, and returns its result for later steps. */
  public Argument.Result must(Call call, Object... arguments) {
    return add(Then.CONTINUE_OR_FAIL, call, arguments);
  }

  /** Adds a call whose failure does not matter. */
  public Argument.Result attempt(Call call, Object... arguments) {
    return add(Then.CONTINUE, call, arguments);
  }

  /**
   * Closes all descriptors but the standard ones; whatever the program executes gets only those.
   */
  public void closeDescriptors() {
    must(Call.CLOSE, CloneStage.PROGRAM_DESCRIPTOR);
    must(Call.CLOSE_RANGE, CloneStage.STATUS_DESCRIPTOR + 1, LAST_DESCRIPTOR, 0);
  }

  /**
   * Ends the launch without executing anything: whoever launched goes on, and so does the program.
   */
  public void detach() {
    closeDescriptors();
    must(Call.CLOSE, CloneStage.STATUS_DESCRIPTOR);
  }

  /**
   * Adds {@code clone3} whose child goes on with the program in place of the process so far, as
   * another child of its parent.
   *
   * @param flags {@code CLONE_*}; without {@code CLONE_VM} the child need not execute anything
   */
  public void handOver(long flags) {
    Argument.Buffer pid = Argument.space(Long.BYTES);
    successor = pid;
    long all = flags | Uapi.CLONE_PARENT | Uapi.CLONE_PARENT_SETTID;
    Argument.Words arguments = CloneArguments.of(all, Argument.of(0), pid, Argument.of(0));
    add(Then.EXIT_IN_PARENT, Call.CLONE3, arguments, CloneArguments.BYTES);
  }

  /**
   * Adds {@code clone3} whose child goes on with the program, while the process so far stays as its
   * parent, the keeper, and goes on with what is added after {@link #beginKeeper}.
   */
  public Argument.Result keep(Argument.Words cloneArguments) {
    return add(Then.KEEP_IN_PARENT, Call.CLONE3, cloneArguments, CloneArguments.BYTES);
  }

  /**
   * What is added from here on is done by the keeper, once the child has executed or failed.
   *
   * @param kept the descriptors of this process that the keeper keeps; it closes all others
   */
  public void beginKeeper(Collection<Integer> kept) {
    keeperStart = OptionalInt.of(steps.size());
    inherited.addAll(kept);
    long next = 0;
    for (int descriptor : new TreeSet<>(kept)) {
      if (descriptor > next) {
        must(Call.CLOSE_RANGE, next, descriptor - 1, 0);
      }
      next = descriptor + 1L;
    }
    must(Call.CLOSE_RANGE, next, LAST_DESCRIPTOR, 0);
  }

  Argument.Result add(Then then, Call call, Object... arguments) {
    if (steps.size() == MOST_STEPS) {
      throw new IllegalStateException("a program has at most " + MOST_STEPS + " system calls");
    }
    List<Argument> list = new ArrayList<>();
    for (Object argument : arguments) {
      list.add(Argument.of(argument));
    }
    list.forEach(this::noteInherited);
    steps.add(new Step(call, List.copyOf(list), then));
    return new Argument.Result(steps.size() - 1);
  }

  private void noteInherited(Argument argument) {
    if (argument instanceof Argument.Inherited descriptor) {
      inherited.add(descriptor.descriptor());
    } else if (argument instanceof Argument.Words words) {
      words.words().forEach(this::noteInherited);
    }
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The descriptors of this process that the child needs, ascending. */
  SortedSet<Integer> inherited() {
    return new TreeSet<>(inherited);
  }

  /** Where the number of the process is written that replaces the one so far, or null. */
  Argument.@Nullable Buffer successor() {
    return successor;
  }

  /** The step that makes the child of a keeper, or null. */
  Argument.@Nullable Result kept() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).then() == Then.KEEP_IN_PARENT) {
        return new Argument.Result(i);
      }
    }
    return null;
  }

  /** The first step of the keeper's part, if there is one. */
  OptionalInt keeperStart() {
    return keeperStart;
  }
}
