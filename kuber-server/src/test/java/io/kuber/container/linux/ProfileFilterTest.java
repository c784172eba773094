package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.container.Capability;
import io.kuber.container.ContainerException;
import io.kuber.container.linux.SeccompFilter.Instruction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfileFilterTest {
  private static final int X86_64 = 0xC000_003E;
  private static final int LIMIT = 10_000;
  private static final int MKDIR = 83;

  /** Runs a filter as the kernel would; the call's second argument is the one that is compared. */
  private static String verdict(List<Instruction> filter, int architecture, int call, long second) {
    long accumulator = 0;
    int at = 0;
    for (int steps = 0; steps < LIMIT; steps++) {
      Instruction next = filter.get(at++);
      long value = next.value() & 0xffff_ffffL;
      switch (next.code()) {
        case 0x06 -> {
          return Integer.toHexString(next.value());
        }
        case 0x20 -> accumulator = word(next.value(), architecture, call, second);
        case 0x54 -> accumulator &= value;
        default -> {
          boolean holds =
              next.code() == 0x15
                  ? accumulator == value
                  : next.code() == 0x25 ? accumulator > value : accumulator >= value;
          at += holds ? next.ifTrue() : next.ifFalse();
        }
      }
    }
    throw new AssertionError("the filter does not end");
  }

  private static long word(int offset, int architecture, int call, long second) {
    long word =
        switch (offset) {
          case 0 -> call;
          case 4 -> architecture;
          case 24 -> second;
          case 28 -> second >>> Integer.SIZE;
          default -> 0;
        };
    return word & 0xffff_ffffL;
  }

  private static List<Instruction> profile(String rules) {
    String json = "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": [" + rules + "]}";
    return ProfileFilter.instructions(json, Set.of(Capability.CHOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "EQ, 5, 5, true",
    "EQ, 5, 4294967301, false",
    "NE, 5, 5, false",
    "NE, 5, 4294967301, true",
    "NE, 5, 6, true",
    "GT, 5, 5, false",
    "GT, 5, 6, true",
    "GT, 5, 4294967296, true",
    "GT, 4294967301, 6, false",
    "GE, 5, 5, true",
    "GE, 5, 4, false",
    "GE, 4294967301, 4294967301, true",
    "LT, 5, 4, true",
    "LT, 5, 5, false",
    "LT, 4294967296, 7, true",
    "LT, 5, 4294967296, false",
    "LE, 5, 5, true",
    "LE, 5, 6, false",
    "LE, 4294967296, 4294967297, false",
  })
  void comparesAllBitsOfAnArgument(String operator, long value, long argument, boolean holds) {
    List<Instruction> filter =
        profile(
            """
            {"names": ["mkdir"], "action": "SCMP_ACT_ALLOW",
             "args": [{"index": 1, "value": %d, "op": "SCMP_CMP_%s"}]}
            """
                .formatted(value, operator));
    assertThat(verdict(filter, X86_64, MKDIR, argument)).isEqualTo(holds ? "7fff0000" : "50001");
    assertThat(verdict(filter, X86_64, MKDIR + 1, argument)).isEqualTo("50001");
  }

  @ParameterizedTest
  @CsvSource({"0, 50001", "2048, 7fff0000", "2049, 7fff0000", "1024, 50001"})
  void comparesTheBitsOfAMask(long argument, String expected) {
    List<Instruction> filter =
        profile(
            """
            {"names": ["mkdir"], "action": "SCMP_ACT_ALLOW",
             "args": [{"index": 1, "value": 2048, "valueTwo": 2048, "op": "SCMP_CMP_MASKED_EQ"}]}
            """);
    assertThat(verdict(filter, X86_64, MKDIR, argument)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "SCMP_ACT_ALLOW, 7fff0000",
    "SCMP_ACT_KILL, 0",
    "SCMP_ACT_KILL_PROCESS, 80000000",
    "SCMP_ACT_TRAP, 30000",
    "SCMP_ACT_LOG, 7ffc0000",
    "SCMP_ACT_ERRNO, 50026",
  })
  void doesWhatItsActionSays(String action, String expected) {
    List<Instruction> filter =
        profile("{\"names\": [\"mkdir\"], \"errnoRet\": 38, \"action\": \"" + action + "\"}");
    assertThat(verdict(filter, X86_64, MKDIR, 0)).isEqualTo(expected);
  }

  @Test
  void refusesOtherNumberings() {
    List<Instruction> filter = profile("");
    assertThat(verdict(filter, 0x4000_0003, MKDIR, 0)).isEqualTo("80000000");
    assertThat(verdict(filter, X86_64, 0x4000_0000 | MKDIR, 0)).isEqualTo("50026");
  }

  @Test
  void followsRulesOfTheCapabilitiesThatThereAre() {
    List<Instruction> filter =
        profile(
            """
            {"names": ["mkdir"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_CHOWN"]}},
            {"names": ["rmdir"], "action": "SCMP_ACT_ALLOW", "excludes": {"caps": ["CAP_CHOWN"]}}
            """);
    assertThat(verdict(filter, X86_64, MKDIR, 0)).isEqualTo("7fff0000");
    assertThat(verdict(filter, X86_64, MKDIR + 1, 0)).isEqualTo("50001");
  }

  @Test
  void saysWhatItDoesNotUnderstand() {
    assertThatThrownBy(() -> ProfileFilter.of("{", Set.of()))
        .isInstanceOf(ContainerException.class)
        .hasMessageStartingWith("seccomp profile: decoding failed: ");
    assertThatThrownBy(() -> ProfileFilter.of("{\"defaultAction\": \"SCMP_ACT_JUMP\"}", Set.of()))
        .isInstanceOf(ContainerException.class)
        .hasMessage("seccomp profile: unknown action \"SCMP_ACT_JUMP\"");
  }
}
