package io.kuber.container.linux;

import io.kuber.container.CallFilter;
import io.kuber.container.Capability;
import io.kuber.container.ProcessLimit;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.linux.Argument;
import io.kuber.linux.Call;
import io.kuber.linux.Program;
import io.kuber.linux.Uapi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The steps that take rights away: the system call filter, the user, capabilities. */
final class Credentials {
  private static final int CAPABILITY_VERSION_3 = 0x2008_0522;

  /** What the agent itself may do; nobody can give more. */
  private static final long HELD = held();

  private static final int LAST_CAPABILITY =
      Integer.parseInt(KernelFiles.readOr(Path.of("/proc/sys/kernel/cap_last_cap"), "40"));

  private Credentials() {}

  private static long held() {
    return KernelFiles.readOr(Path.of("/proc/self/status"), "")
        .lines()
        .filter(line -> line.startsWith("CapPrm:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("CapPrm:".length()).strip(), 16))
        .findFirst()
        .orElse(0);
  }

  /** The capabilities that a container's root gets. */
  static Set<Capability> granted(Security security) {
    Set<Capability> wanted = security.privileged() ? Capability.ALL : security.capabilities();
    Set<Capability> granted = EnumSet.noneOf(Capability.class);
    wanted.stream().filter(c -> (HELD >>> c.number() & 1) == 1).forEach(granted::add);
    return granted;
  }

  /**
   * Adds the steps. Without {@code no_new_privs} only the administrator may install a filter, so it
   * comes before rights go, and has to let the remaining steps through; with it, it comes last, so
   * that it need not.
   */
  static void addTo(Program program, Security security, User user) {
    Set<Capability> granted = granted(security);
    // The agent's session keyring is not the container's; machines without keyrings refuse.
    program.attempt(Call.KEYCTL, Uapi.KEYCTL_JOIN_SESSION_KEYRING, 0);
    if (security.noNewPrivileges()) {
      program.must(Call.PRCTL, Uapi.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    }
    if (!security.noNewPrivileges()) {
      addFilter(program, security, granted);
    }
    long bits = bits(granted);
    for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
      if ((bits >>> capability & 1) == 0) {
        program.attempt(Call.PRCTL, Uapi.PR_CAPBSET_DROP, capability, 0, 0, 0);
      }
    }
    addUser(program, user);
    program.must(Call.CAPSET, capabilityHeader(), capabilityData(bits, user));
    program.must(Call.RT_SIGPROCMASK, Uapi.SIG_SETMASK, Argument.space(Long.BYTES), 0, Long.BYTES);
    if (security.noNewPrivileges()) {
      addFilter(program, security, granted);
    }
  }

  /** Adds the steps that set limits, for which rights are needed that {@link #addTo} takes away. */
  static void limit(Program program, List<ProcessLimit> limits) {
    for (ProcessLimit limit : limits) {
      Argument values = Argument.words(limit.soft(), limit.hard());
      program.must(Call.PRLIMIT64, 0, limit.number(), values, 0);
    }
  }

  /** Adds the steps by which a process of kuber's own that nobody is to gain by gives up all. */
  static void dropAll(Program program, int id) {
    program.must(Call.PRCTL, Uapi.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    OwnUsers.become(program, id);
    program.must(Call.CAPSET, capabilityHeader(), structure(24).array());
  }

  private static void addFilter(Program program, Security security, Set<Capability> granted) {
    if (security.privileged() || security.seccomp() instanceof CallFilter.None) {
      return;
    }
    byte[] filter =
        security.seccomp() instanceof CallFilter.Profile profile
            ? ProfileFilter.of(profile.json(), granted)
            : SeccompFilter.forCapabilities(granted);
    int instructions = filter.length / Long.BYTES;
    program.must(
        Call.SECCOMP, Uapi.SECCOMP_SET_MODE_FILTER, 0, Argument.words(instructions, filter));
  }

  private static void addUser(Program program, User user) {
    program.must(Call.PRCTL, Uapi.PR_SET_KEEPCAPS, 1, 0, 0, 0);
    program.must(Call.SETGROUPS, user.groups().size(), groups(user));
    program.must(Call.SETRESGID, user.gid(), user.gid(), user.gid());
    program.must(Call.SETRESUID, user.uid(), user.uid(), user.uid());
  }

  private static byte[] groups(User user) {
    ByteBuffer list = structure(Integer.BYTES * user.groups().size());
    for (int i = 0; i < user.groups().size(); i++) {
      list.putInt(Integer.BYTES * i, user.groups().get(i));
    }
    byte[] bytes = new byte[list.capacity()];
    list.get(0, bytes);
    return bytes;
  }

  private static byte[] capabilityHeader() {
    return structure(8).putInt(CAPABILITY_VERSION_3).putInt(0).array();
  }

  /** Effective, permitted, inheritable; low halves first. Users other than root get none by it. */
  private static byte[] capabilityData(long bits, User user) {
    long effective = user.uid() == 0 ? bits : 0;
    return structure(24)
        .putInt((int) effective)
        .putInt((int) bits)
        .putInt(0)
        .putInt((int) (effective >>> 32))
        .putInt((int) (bits >>> 32))
        .putInt(0)
        .array();
  }

  private static ByteBuffer structure(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  private static long bits(Set<Capability> capabilities) {
    return capabilities.stream().mapToLong(c -> 1L << c.number()).reduce(0, (a, b) -> a | b);
  }
}
