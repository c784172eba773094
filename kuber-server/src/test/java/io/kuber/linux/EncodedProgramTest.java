package io.kuber.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EncodedProgramTest {
  private final Memory memory = Memory.allocate(4096);

  @Test
  void writesNumberArgumentsAndEnd() {
    Program program = new Program();
    program.must(Call.DUP3, 7, 8, 9);
    long start = new EncodedProgram(program, memory).start();
    long step = start + EncodedProgram.HEADER_BYTES;
    assertThat(memory.getLong(step)).isEqualTo(Call.DUP3.number());
    assertThat(memory.getLong(step + 8)).isEqualTo(7);
    assertThat(memory.getLong(step + 16)).isEqualTo(8);
    assertThat(memory.getLong(step + 24)).isEqualTo(9);
    assertThat(memory.getLong(step + EncodedProgram.STEP_BYTES)).isNegative();
  }

  @Test
  void listsWhereResultsGo() {
    Program program = new Program();
    Argument.Result opened = program.must(Call.OPENAT, Uapi.AT_FDCWD, "/", Uapi.O_RDONLY, 0);
    program.must(Call.FCHDIR, opened);
    long first = new EncodedProgram(program, memory).start() + EncodedProgram.HEADER_BYTES;
    long receivers = memory.getLong(first + 56);
    assertThat(memory.getLong(receivers)).isEqualTo(first + EncodedProgram.STEP_BYTES + 8);
    assertThat(memory.getLong(receivers + 8)).as("end of the list").isZero();
  }

  @Test
  void placesEqualStringsOnceAndBuffersSeparately() {
    Program program = new Program();
    program.must(Call.MOUNT, "proc", "/proc", "proc", Argument.space(8), Argument.space(8));
    long step = new EncodedProgram(program, memory).start() + EncodedProgram.HEADER_BYTES;
    assertThat(memory.getLong(step + 8)).isEqualTo(memory.getLong(step + 24));
    assertThat(memory.getLong(step + 32)).isNotEqualTo(memory.getLong(step + 40));
  }

  @Test
  void tellsTheStepThatTheInterpreterMarked() {
    Program program = new Program();
    program.must(Call.SETSID);
    program.must(Call.CHDIR, "/nowhere");
    EncodedProgram encoded = new EncodedProgram(program, memory);
    assertThat(encoded.failure()).isEmpty();
    long second = encoded.start() + EncodedProgram.HEADER_BYTES + EncodedProgram.STEP_BYTES;
    memory.putLong(encoded.start(), second);
    memory.putLong(second + 72, -Errno.ENOENT.number());
    assertThat(encoded.failure())
        .hasValueSatisfying(
            failure -> assertThat(failure).hasMessage("chdir(/nowhere) failed: ENOENT"));
  }

  @Test
  void wrapsCodeIntoElf() {
    byte[] elf = ElfImage.around(new byte[] {(byte) 0xc3});
    assertThat(elf).hasSize(121).startsWith(0x7f, 'E', 'L', 'F').endsWith(0xc3);
  }
}
