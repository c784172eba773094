package io.kuber.container.linux;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.Sets;
import io.kuber.container.Capability;
import io.kuber.linux.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The default filter of system calls, as a program of the kernel's classic packet filter.
 *
 * <p>Calls on the list are allowed, others fail with EPERM; {@code clone3}, whose arguments a
 * filter cannot see, and calls newer than the list fail with ENOSYS, upon which C libraries fall
 * back to older ones. Numbers are found by a tree of comparisons, eight deep at most.
 */
final class SeccompFilter {
  static final int ALLOW = 0x7fff_0000;
  static final int KILL_PROCESS = 0x8000_0000;
  private static final int FAIL = 0x0005_0000;
  static final int EPERM = FAIL | Errno.EPERM.number();
  static final int ENOSYS = FAIL | Errno.ENOSYS.number();

  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_AT_LEAST = 0x35;
  private static final int JUMP_IF_BITS_SET = 0x45;
  private static final int RETURN = 0x06;

  // Offsets in the structure that a filter sees: number, architecture, address, six arguments.
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private static final int AUDIT_ARCH_X86_64 = 0xC000_003E;
  private static final int CLONE = 56;
  private static final int CLONE3 = 435;
  private static final int PERSONALITY = 135;
  private static final int SOCKET = 41;
  private static final int AF_VSOCK = 40;

  /** Every namespace flag of {@code clone} but that of time, which shares its bit with a signal. */
  private static final int NEW_NAMESPACES = 0x7E02_0000;

  /** Linux, with old limits of addresses, as i386, both, and "tell me". */
  private static final int[] PERSONALITIES = {0x0, 0x8, 0x20000, 0x20008, 0xffff_ffff};

  /** Pods ask for few different sets of capabilities. */
  private static final LoadingCache<Set<Capability>, byte[]> FILTERS =
      CacheBuilder.newBuilder().maximumSize(64).build(CacheLoader.from(SeccompFilter::make));

  private final List<Instruction> program = new ArrayList<>();

  record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  private SeccompFilter() {}

  /** The filter for a process with these capabilities, as the kernel takes it. */
  static byte[] forCapabilities(Set<Capability> capabilities) {
    return FILTERS.getUnchecked(Sets.immutableEnumSet(capabilities));
  }

  private static byte[] make(Set<Capability> capabilities) {
    return encode(instructions(SeccompProfile.load().allowed(capabilities), capabilities));
  }

  static List<Instruction> instructions(Set<Integer> allowed, Set<Capability> capabilities) {
    boolean administrator = capabilities.contains(Capability.SYS_ADMIN);
    SeccompFilter filter = new SeccompFilter();
    filter.add(LOAD_WORD, 0, 0, ARCHITECTURE);
    filter.add(JUMP_IF_EQUAL, 1, 0, AUDIT_ARCH_X86_64);
    filter.add(RETURN, 0, 0, KILL_PROCESS);
    filter.add(LOAD_WORD, 0, 0, NUMBER);
    if (!administrator) {
      filter.byArgument(CLONE, JUMP_IF_BITS_SET, new int[] {NEW_NAMESPACES}, EPERM, ALLOW);
    }
    filter.byArgument(PERSONALITY, JUMP_IF_EQUAL, PERSONALITIES, ALLOW, EPERM);
    filter.byArgument(SOCKET, JUMP_IF_EQUAL, new int[] {AF_VSOCK}, EPERM, ALLOW);
    filter.program.addAll(tree(List.copyOf(verdicts(allowed, administrator).entrySet())));
    return filter.program;
  }

  private void add(int code, int ifTrue, int ifFalse, int value) {
    program.add(new Instruction(code, ifTrue, ifFalse, value));
  }

  /**
   * Decides a call by its first argument: one verdict when a test holds, the other when none does.
   */
  private void byArgument(int number, int test, int[] values, int ifAny, int ifNone) {
    add(JUMP_IF_EQUAL, 0, values.length + 3, number);
    add(LOAD_WORD, 0, 0, FIRST_ARGUMENT);
    for (int i = 0; i < values.length; i++) {
      add(test, values.length - i, 0, values[i]);
    }
    add(RETURN, 0, 0, ifNone);
    add(RETURN, 0, 0, ifAny);
  }

  /** Where a verdict begins to hold, by ascending call number. */
  private static NavigableMap<Integer, Integer> verdicts(Set<Integer> allowed, boolean admin) {
    NavigableMap<Integer, Integer> starts = new TreeMap<>();
    int last = allowed.stream().mapToInt(Integer::intValue).max().orElse(0);
    int previous = KILL_PROCESS;
    for (int number = 0; number <= last + 1; number++) {
      int verdict = allowed.contains(number) ? ALLOW : number > last ? ENOSYS : EPERM;
      if (number == CLONE3 || (number == CLONE && admin)) {
        verdict = admin ? ALLOW : ENOSYS;
      }
      if (verdict != previous) {
        starts.put(number, verdict);
        previous = verdict;
      }
    }
    return starts;
  }

  private static List<Instruction> tree(List<? extends Map.Entry<Integer, Integer>> runs) {
    if (runs.size() == 1) {
      return List.of(new Instruction(RETURN, 0, 0, runs.get(0).getValue()));
    }
    int middle = runs.size() / 2;
    List<Instruction> below = tree(runs.subList(0, middle));
    List<Instruction> above = tree(runs.subList(middle, runs.size()));
    List<Instruction> all = new ArrayList<>();
    all.add(new Instruction(JUMP_IF_AT_LEAST, below.size(), 0, runs.get(middle).getKey()));
    all.addAll(below);
    all.addAll(above);
    return all;
  }

  static byte[] encode(List<Instruction> program) {
    int bytesPerInstruction = 8;
    ByteBuffer buffer =
        ByteBuffer.allocate(program.size() * bytesPerInstruction).order(ByteOrder.nativeOrder());
    for (Instruction instruction : program) {
      if (instruction.ifTrue() > 0xff) {
        throw new IllegalStateException("a jump of the filter is longer than 255 instructions");
      }
      buffer
          .putShort((short) instruction.code())
          .put((byte) instruction.ifTrue())
          .put((byte) instruction.ifFalse())
          .putInt(instruction.value());
    }
    return buffer.array();
  }
}
