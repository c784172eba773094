package io.kuber.engine.container;

import io.kuber.container.CallFilter;
import io.kuber.container.Capability;
import io.kuber.container.ProcessLimit;
import io.kuber.container.Resources;
import io.kuber.container.Security;
import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a container may do and use, of {@code HostConfig}; pure. */
final class Limits {
  private static final long NANOS_A_QUOTA_MICRO = 1_000_000_000L / Resources.CPU_PERIOD_MICROS;
  private static final long LEAST_MEMORY = 6L << 20;
  private static final Set<String> UNCONFINED =
      Set.of("apparmor=unconfined", "apparmor:unconfined", "label=disable", "label:disable");

  private Limits() {}

  /**
   * What it may use.
   *
   * @throws EngineException 400 for amounts that do not go together
   */
  static Resources resources(Tree host) {
    long memory = host.number(0, "Memory");
    if (memory > 0 && memory < LEAST_MEMORY) {
      throw EngineException.malformed("--memory: Minimum memory limit allowed is 6MB");
    }
    return Resources.UNLIMITED
        .withCpu(host.number(0, "CpuShares"), quota(host))
        .withMemoryBytes(memory)
        .withSwapBytes(swap(memory, host.number(0, "MemorySwap")))
        .withOomScoreAdjustment((int) host.number(0, "OomScoreAdj"))
        .withPids(Math.max(0, host.number(0, "PidsLimit")));
  }

  private static long quota(Tree host) {
    long nanos = host.number(0, "NanoCpus");
    if (nanos > 0) {
      return nanos / NANOS_A_QUOTA_MICRO;
    }
    long period = host.number(0, "CpuPeriod");
    long quota = Math.max(0, host.number(0, "CpuQuota"));
    return period > 0 ? quota * Resources.CPU_PERIOD_MICROS / period : quota;
  }

  /** Beyond memory; without a word as much again (docker run, "--memory-swap details"). */
  private static long swap(long memory, long both) {
    if (both > 0 && memory <= 0) {
      throw EngineException.malformed(
          "--memory-swap: You should always set the Memory limit when using Memoryswap limit");
    }
    if (both > 0 && both < memory) {
      throw EngineException.malformed(
          "--memory-swap: Minimum memoryswap limit should be larger than memory limit");
    }
    return both < 0 ? -1 : both == 0 ? memory : both - memory;
  }

  /**
   * The limits of each of its processes.
   *
   * @throws EngineException 400 for one that is none
   */
  static List<ProcessLimit> ofProcesses(Tree host) {
    try {
      return host.items("Ulimits").trees().stream()
          .map(l -> new ProcessLimit(l.text("Name"), l.number(0, "Soft"), l.number(0, "Hard")))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "--ulimit: " + e.getMessage(), e);
    }
  }

  /**
   * What it may do.
   *
   * @throws EngineException 400 for a capability that is none
   */
  static Security security(Tree host) {
    Security security = Security.DEFAULT.withCapabilities(capabilities(host));
    if (host.isTrue("Privileged")) {
      security = security.withPrivileged();
    }
    if (host.isTrue("ReadonlyRootfs")) {
      security = security.withReadOnlyRoot();
    }
    for (String option : host.items("SecurityOpt").texts()) {
      switch (option) {
        case "no-new-privileges", "no-new-privileges=true", "no-new-privileges:true" ->
            security = security.withNoNewPrivileges();
        case "seccomp=unconfined", "seccomp:unconfined" -> security = security.withoutSeccomp();
        default -> {
          if (option.matches("(?s)seccomp[=:]\\s*\\{.*")) {
            security = security.withSeccomp(new CallFilter.Profile(option.substring(8)));
          } else if (!UNCONFINED.contains(option)) {
            throw EngineException.malformed("invalid --security-opt: \"" + option + "\"");
          }
        }
      }
    }
    return security;
  }

  private static Set<Capability> capabilities(Tree host) {
    Set<Capability> set = EnumSet.noneOf(Capability.class);
    set.addAll(Capability.DEFAULT);
    for (String name : host.items("CapDrop").texts()) {
      if (isAll(name)) {
        set.clear();
      } else {
        set.remove(capability(name));
      }
    }
    for (String name : host.items("CapAdd").texts()) {
      if (isAll(name)) {
        set.addAll(EnumSet.allOf(Capability.class));
      } else {
        set.add(capability(name));
      }
    }
    return set;
  }

  private static boolean isAll(String name) {
    return name.equalsIgnoreCase("ALL");
  }

  private static Capability capability(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    try {
      return Capability.valueOf(name.startsWith("CAP_") ? name.substring(4) : name);
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, "invalid capability: \"" + text + "\"", e);
    }
  }
}
