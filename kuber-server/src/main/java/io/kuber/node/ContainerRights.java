package io.kuber.node;

import io.kuber.container.Capability;
import io.kuber.container.Resources;
import io.kuber.container.Security;
import io.kuber.container.User;
import io.kuber.object.Tree;
import io.kuber.resource.Quantity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a container may do and use: {@code securityContext} and {@code resources} as numbers. */
final class ContainerRights {
  private static final long SHARES_PER_CPU = 1024;
  private static final long MIN_SHARES = 2;
  private static final long MILLIS = 1000;
  private static final long MIN_QUOTA_MICROS = 1000;
  private static final int BEST_EFFORT_ADJUSTMENT = 1000;
  private static final int GUARANTEED_ADJUSTMENT = -997;

  /** Processes of one container; the kubelet leaves it open, a node must not run out. */
  private static final long MAX_PIDS = 4096;

  private ContainerRights() {}

  static Security security(Tree podSpec, Tree container) {
    Tree context = container.tree("securityContext");
    Security security = Security.DEFAULT.withCapabilities(capabilities(context));
    if (context.isTrue("privileged")) {
      security = security.withPrivileged();
    }
    if (Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))) {
      security = security.withNoNewPrivileges();
    }
    if (context.isTrue("readOnlyRootFilesystem")) {
      security = security.withReadOnlyRoot();
    }
    String seccomp = context.text("seccompProfile", "type");
    if (seccomp.isEmpty()) {
      seccomp = podSpec.text("securityContext", "seccompProfile", "type");
    }
    return seccomp.equals("Unconfined") ? security.withoutSeccomp() : security;
  }

  private static Set<Capability> capabilities(Tree context) {
    Set<Capability> set = EnumSet.copyOf(Capability.DEFAULT);
    for (String name : context.items("capabilities", "drop").texts()) {
      if (name.equals("ALL")) {
        set.clear();
      } else {
        set.remove(capability(name));
      }
    }
    for (String name : context.items("capabilities", "add").texts()) {
      if (name.equals("ALL")) {
        set.addAll(EnumSet.allOf(Capability.class));
      } else {
        set.add(capability(name));
      }
    }
    return set;
  }

  private static Capability capability(String name) {
    String bare = name.toUpperCase(Locale.ROOT);
    bare = bare.startsWith("CAP_") ? bare.substring("CAP_".length()) : bare;
    try {
      return Capability.valueOf(bare);
    } catch (IllegalArgumentException e) {
      throw new ContainerConfigException("unknown capability " + name);
    }
  }

  /** Container over pod over image; a name instead of a number is not looked up. */
  static User user(Tree podSpec, Tree container, String imageUser) {
    Tree pod = podSpec.tree("securityContext");
    Tree own = container.tree("securityContext");
    long uid = own.number(pod.number(-1, "runAsUser"), "runAsUser");
    long gid = own.number(pod.number(-1, "runAsGroup"), "runAsGroup");
    if (uid < 0) {
      uid = number(imageUser, 0);
    }
    if (gid < 0) {
      gid = number(imageUser, 1);
    }
    boolean mustNotBeRoot = own.isTrue("runAsNonRoot") || pod.isTrue("runAsNonRoot");
    if (mustNotBeRoot && uid == 0) {
      throw new ContainerConfigException(
          "container has runAsNonRoot and image will run as root; set runAsUser");
    }
    List<Integer> groups = new ArrayList<>();
    pod.items("supplementalGroups").forEach(group -> groups.add(((Number) group).intValue()));
    if (pod.number(-1, "fsGroup") >= 0) {
      groups.add((int) pod.number(0, "fsGroup"));
    }
    return new User((int) uid, (int) gid, groups);
  }

  private static long number(String imageUser, int part) {
    String[] parts = imageUser.split(":");
    if (part >= parts.length || parts[part].isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(parts[part]);
    } catch (NumberFormatException e) {
      throw new ContainerConfigException(
          "the image runs as user \"" + imageUser + "\"; set runAsUser to a number");
    }
  }

  static Resources resources(Tree container) {
    long request = amount(container, "requests", "cpu").milliValue();
    long limit = amount(container, "limits", "cpu").milliValue();
    Quantity memory = amount(container, "limits", "memory");
    long shares = request * SHARES_PER_CPU / MILLIS;
    long quota = limit * Resources.CPU_PERIOD_MICROS / MILLIS;
    return Resources.UNLIMITED
        .withCpu(Math.max(MIN_SHARES, shares), quota == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, quota))
        .withMemoryBytes(memory.value())
        .withPids(MAX_PIDS)
        .withOomScoreAdjustment(adjustment(container, memory));
  }

  /** Rather those that asked for nothing than those that keep to what they asked for (kubelet). */
  private static int adjustment(Tree container, Quantity memoryLimit) {
    Quantity request = amount(container, "requests", "memory");
    if (request.signum() == 0) {
      return BEST_EFFORT_ADJUSTMENT;
    }
    Quantity cpu = amount(container, "requests", "cpu");
    boolean guaranteed =
        request.equals(memoryLimit)
            && cpu.signum() > 0
            && cpu.equals(amount(container, "limits", "cpu"));
    return guaranteed ? GUARANTEED_ADJUSTMENT : BEST_EFFORT_ADJUSTMENT - 1;
  }

  private static Quantity amount(Tree container, String part, String resource) {
    return Quantity.of(container.at("resources", part, resource));
  }
}
