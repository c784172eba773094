package io.kuber.container.linux;

import io.kuber.container.linux.SeccompFilter.Instruction;

/** Instructions of the kernel's classic packet filter (linux/filter.h); jumps are relative. */
final class Bpf {
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_GREATER = 0x25;
  private static final int JUMP_IF_AT_LEAST = 0x35;
  private static final int AND = 0x54;
  private static final int RETURN = 0x06;

  private Bpf() {}

  /** Loads the word at an offset of what the filter sees. */
  static Instruction load(int offset) {
    return new Instruction(LOAD_WORD, 0, 0, offset);
  }

  static Instruction ifEqual(int value, int then, int otherwise) {
    return new Instruction(JUMP_IF_EQUAL, then, otherwise, value);
  }

  static Instruction ifGreater(int value, int then, int otherwise) {
    return new Instruction(JUMP_IF_GREATER, then, otherwise, value);
  }

  static Instruction ifAtLeast(int value, int then, int otherwise) {
    return new Instruction(JUMP_IF_AT_LEAST, then, otherwise, value);
  }

  static Instruction and(int mask) {
    return new Instruction(AND, 0, 0, mask);
  }

  static Instruction end(int verdict) {
    return new Instruction(RETURN, 0, 0, verdict);
  }
}
