package io.kuber.container.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.kuber.container.Capability;
import io.kuber.container.linux.SeccompFilter.Instruction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SeccompFilterTest {
  private static final int X86_64 = 0xC000_003E;
  private static final int LIMIT = 10_000;

  private static List<Instruction> filter(Set<Capability> capabilities) {
    return SeccompFilter.instructions(SeccompProfile.load().allowed(capabilities), capabilities);
  }

  /** Runs a filter as the kernel would. */
  private static int verdict(List<Instruction> filter, int architecture, int call, int argument) {
    long accumulator = 0;
    int at = 0;
    for (int steps = 0; steps < LIMIT; steps++) {
      Instruction next = filter.get(at++);
      long value = next.value() & 0xffff_ffffL;
      boolean holds =
          switch (next.code()) {
            case 0x15 -> accumulator == value;
            case 0x35 -> accumulator >= value;
            case 0x45 -> (accumulator & value) != 0;
            default -> false;
          };
      if (next.code() == 0x06) {
        return next.value();
      } else if (next.code() == 0x20) {
        accumulator = 0xffff_ffffL & (value == 0 ? call : value == 4 ? architecture : argument);
      } else {
        at += holds ? next.ifTrue() : next.ifFalse();
      }
    }
    throw new AssertionError("the filter does not end");
  }

  private static String name(int verdict) {
    return verdict == SeccompFilter.ALLOW
        ? "ALLOW"
        : verdict == SeccompFilter.EPERM
            ? "EPERM"
            : verdict == SeccompFilter.ENOSYS ? "ENOSYS" : "KILL";
  }

  @ParameterizedTest
  @CsvSource({
    "read, 0, 0, ALLOW",
    "mount, 165, 0, EPERM",
    "unshare, 272, 0, EPERM",
    "reboot, 169, 0, EPERM",
    "keyctl, 250, 0, EPERM",
    "io_uring_setup, 425, 0, EPERM",
    "chroot, 161, 0, ALLOW",
    "mseal, 462, 0, ALLOW",
    "newer than the list, 463, 0, ENOSYS",
    "of the x32 family, 1073741824, 0, ENOSYS",
    "clone3, 435, 0, ENOSYS",
    "clone of a thread, 56, 4001536, ALLOW",
    "clone with a user namespace, 56, 268435456, EPERM",
    "personality of Linux, 135, 0, ALLOW",
    "personality without randomness, 135, 262144, EPERM",
    "socket of the internet, 41, 2, ALLOW",
    "socket to the hypervisor, 41, 40, EPERM",
  })
  void decidesForDefaultCapabilities(String name, int call, int argument, String expected) {
    int verdict = verdict(filter(Capability.DEFAULT), X86_64, call, argument);
    assertThat(name(verdict)).as(name).isEqualTo(expected);
  }

  @Test
  void opensCallsWithTheirCapability() {
    EnumSet<Capability> administrator = EnumSet.copyOf(Capability.DEFAULT);
    administrator.add(Capability.SYS_ADMIN);
    for (int call : new int[] {165, 272, 56, 435}) {
      assertThat(verdict(filter(administrator), X86_64, call, 0x1000_0000))
          .isEqualTo(SeccompFilter.ALLOW);
    }
    assertThat(name(verdict(filter(Set.of()), X86_64, 161, 0))).as("chroot").isEqualTo("EPERM");
  }

  @Test
  void killsCallersOfOtherArchitectures() {
    assertThat(verdict(filter(Capability.DEFAULT), 0x4000_0003, 1, 0))
        .isEqualTo(SeccompFilter.KILL_PROCESS);
  }

  @Test
  void agreesWithListForEveryNumber() {
    Set<Integer> allowed = SeccompProfile.load().allowed(Capability.DEFAULT);
    List<Instruction> filter = filter(Capability.DEFAULT);
    for (int call : allowed) {
      assertThat(name(verdict(filter, X86_64, call, 0))).as("call " + call).isEqualTo("ALLOW");
    }
    assertThat(filter).hasSizeLessThan(300);
  }
}
