package io.kuber.engine.container;

import io.kuber.container.Capability;
import io.kuber.container.Resources;
import io.kuber.container.Security;
import io.kuber.engine.EngineException;
import io.kuber.object.Tree;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a container may do and use, of {@code HostConfig}; pure. */
final class Limits {
  private static final long NANOS_A_QUOTA_MICRO = 1_000_000_000L / Resources.CPU_PERIOD_MICROS;

  private Limits() {}

  /** What it may use. */
  static Resources resources(Tree host) {
    long nanos = host.number(0, "NanoCpus");
    long quota = nanos > 0 ? nanos / NANOS_A_QUOTA_MICRO : Math.max(0, host.number(0, "CpuQuota"));
    return Resources.UNLIMITED
        .withCpu(host.number(0, "CpuShares"), quota)
        .withMemoryBytes(host.number(0, "Memory"))
        .withPids(Math.max(0, host.number(0, "PidsLimit")));
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
        default -> throw EngineException.malformed("invalid --security-opt: \"" + option + "\"");
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
