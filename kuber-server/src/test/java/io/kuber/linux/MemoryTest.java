package io.kuber.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MemoryTest {
  @Test
  void endsStringsWithZeroByte() {
    Memory memory = Memory.allocate(64);
    long address = memory.string("é");
    byte[] bytes = new byte[3];
    memory.read(address, bytes, 0, 3);
    assertThat(bytes).containsExactly(0xc3, 0xa9, 0);
  }

  @Test
  void zeroesWhatItHandsOutAgain() {
    Memory memory = Memory.allocate(64);
    memory.putLong(memory.space(8), -1);
    memory.clear();
    assertThat(memory.getLong(memory.space(8))).isZero();
  }

  @Test
  void refusesWhatDoesNotFit() {
    Memory memory = Memory.allocate(32);
    assertThatThrownBy(() -> memory.space(33))
        .isInstanceOf(SyscallException.class)
        .hasMessageContaining("E2BIG");
  }
}
