package io.kuber.container.linux;

import io.kuber.container.Capability;
import io.kuber.container.ContainerException;
import io.kuber.container.linux.SeccompFilter.Instruction;
import io.kuber.linux.Errno;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One rule of a profile: an action, and what has to hold of a call's arguments for it.
 *
 * @param action what the kernel is told to do
 * @param conditions all have to hold
 */
record ProfileRule(int action, List<Condition> conditions) {
  private static final int FAIL = 0x0005_0000;
  private static final int KILL_THREAD = 0;
  private static final int TRAP = 0x0003_0000;
  private static final int TRACE = 0x7ff0_0000;
  private static final int LOG = 0x7ffc_0000;
  private static final int ERRNO_BITS = 0xffff;

  ProfileRule {
    conditions = List.copyOf(conditions);
  }

  /** A comparison of one argument, 64 bits wide. */
  record Condition(int argument, long value, long valueTwo, String operator) {
    private static final int FIRST_ARGUMENT = 16;
    private static final int MOST_ARGUMENTS = 6;

    /** A jump to the end of the rule, whose length is known later. */
    static final int OUT = -1;

    Condition {
      if (argument < 0 || argument >= MOST_ARGUMENTS) {
        throw new ContainerException("seccomp profile: there is no argument " + argument);
      }
    }

    private Instruction low() {
      return Bpf.load(FIRST_ARGUMENT + Long.BYTES * argument);
    }

    private Instruction high() {
      return Bpf.load(FIRST_ARGUMENT + Long.BYTES * argument + Integer.BYTES);
    }

    /** Goes on where it holds, and out where it does not. */
    List<Instruction> instructions() {
      int above = (int) (value >>> Integer.SIZE);
      int below = (int) value;
      return switch (operator) {
        case "SCMP_CMP_EQ" ->
            List.of(high(), Bpf.ifEqual(above, 0, OUT), low(), Bpf.ifEqual(below, 0, OUT));
        case "SCMP_CMP_NE" ->
            List.of(high(), Bpf.ifEqual(above, 0, 2), low(), Bpf.ifEqual(below, OUT, 0));
        case "SCMP_CMP_GT" ->
            List.of(
                high(),
                Bpf.ifGreater(above, 3, 0),
                Bpf.ifEqual(above, 0, OUT),
                low(),
                Bpf.ifGreater(below, 0, OUT));
        case "SCMP_CMP_GE" ->
            List.of(
                high(),
                Bpf.ifGreater(above, 3, 0),
                Bpf.ifEqual(above, 0, OUT),
                low(),
                Bpf.ifAtLeast(below, 0, OUT));
        case "SCMP_CMP_LE" ->
            List.of(
                high(),
                Bpf.ifGreater(above, OUT, 0),
                Bpf.ifEqual(above, 0, 2),
                low(),
                Bpf.ifGreater(below, OUT, 0));
        case "SCMP_CMP_LT" ->
            List.of(
                high(),
                Bpf.ifGreater(above, OUT, 0),
                Bpf.ifEqual(above, 0, 2),
                low(),
                Bpf.ifAtLeast(below, OUT, 0));
        case "SCMP_CMP_MASKED_EQ" -> masked();
        default ->
            throw new ContainerException("seccomp profile: unknown operator \"" + operator + "\"");
      };
    }

    private List<Instruction> masked() {
      long wanted = valueTwo & value;
      return List.of(
          high(),
          Bpf.and((int) (value >>> Integer.SIZE)),
          Bpf.ifEqual((int) (wanted >>> Integer.SIZE), 0, OUT),
          low(),
          Bpf.and((int) value),
          Bpf.ifEqual((int) wanted, 0, OUT));
    }
  }

  static ProfileRule of(Tree declared) {
    List<Condition> conditions =
        declared.items("args").trees().stream()
            .map(
                each ->
                    new Condition(
                        (int) each.number(0, "index"),
                        each.number(0, "value"),
                        each.number(0, "valueTwo"),
                        each.text("op")))
            .toList();
    return new ProfileRule(action(declared, "action", "errnoRet"), conditions);
  }

  /** Whether it is for processes with these capabilities, as profiles of Docker may say. */
  static boolean applies(Tree declared, Set<Capability> capabilities) {
    return named(declared, "includes").stream().allMatch(capabilities::contains)
        && named(declared, "excludes").stream().noneMatch(capabilities::contains);
  }

  private static List<Capability> named(Tree declared, String field) {
    return declared.items(field, "caps").texts().stream().map(Capability::named).toList();
  }

  static int action(Tree declared, String field, String number) {
    int errno = (int) declared.number(Errno.EPERM.number(), number) & ERRNO_BITS;
    String name = declared.text(field);
    return switch (name) {
      case "SCMP_ACT_ALLOW" -> SeccompFilter.ALLOW;
      case "SCMP_ACT_ERRNO" -> FAIL | errno;
      case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> KILL_THREAD;
      case "SCMP_ACT_KILL_PROCESS" -> SeccompFilter.KILL_PROCESS;
      case "SCMP_ACT_TRAP" -> TRAP;
      case "SCMP_ACT_TRACE" -> TRACE | errno;
      case "SCMP_ACT_LOG" -> LOG;
      default -> throw new ContainerException("seccomp profile: unknown action \"" + name + "\"");
    };
  }

  /** Ends with the action where all conditions hold, and goes on behind it where one does not. */
  List<Instruction> instructions() {
    List<Instruction> all = new ArrayList<>();
    conditions.forEach(condition -> all.addAll(condition.instructions()));
    all.add(Bpf.end(action));
    for (int at = 0; at < all.size(); at++) {
      int out = all.size() - 1 - at;
      Instruction each = all.get(at);
      all.set(
          at,
          new Instruction(
              each.code(),
              each.ifTrue() == Condition.OUT ? out : each.ifTrue(),
              each.ifFalse() == Condition.OUT ? out : each.ifFalse(),
              each.value()));
    }
    return all;
  }
}
