package io.kuber.node;

import io.kuber.container.ContainerException;
import io.kuber.container.HugePages;
import io.kuber.container.Resources;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import io.kuber.quota.PodAmounts;
import io.kuber.resource.pod.QosClass;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a container may use: requests as weights, limits as limits (pkg/kubelet/qos). Pure. */
final class ContainerResources {
  private static final long SHARES_PER_CPU = 1024;
  private static final long MIN_SHARES = 2;
  private static final long MILLIS = 1000;
  private static final long MIN_QUOTA_MICROS = 1000;

  /** Of how badly the kernel wants to kill a process when memory runs out. */
  private static final int BEST_EFFORT = 1000;

  private static final int GUARANTEED = -997;

  /** Pods of this priority and above keep the cluster running. */
  private static final long CRITICAL_PRIORITY = 2_000_000_000L;

  /** Processes of one container; the kubelet leaves it open, a node must not run out. */
  private static final long MAX_PIDS = 4096;

  private ContainerResources() {}

  /**
   * The limits and weights.
   *
   * @param memoryOfNode what all containers of the node share
   */
  static Resources of(Tree podSpec, Tree container, Quantity memoryOfNode) {
    long request = amount(container, "requests", "cpu").milliValue();
    long limit = amount(container, "limits", "cpu").milliValue();
    long quota = limit * Resources.CPU_PERIOD_MICROS / MILLIS;
    return Resources.UNLIMITED
        .withCpu(shares(request), quota == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, quota))
        .withMemoryBytes(amount(container, "limits", "memory").value())
        .withPids(MAX_PIDS)
        .withHugePages(HugePages.of(container.tree("resources", "limits")))
        .withOomScoreAdjustment(adjustment(podSpec, container, memoryOfNode));
  }

  /** The weight of a whole pod among others, by all that it reserves (ResourceConfigForPod). */
  static long sharesOfPod(Tree podSpec) {
    return shares(PodAmounts.requests(podSpec).of("cpu").milliValue());
  }

  private static long shares(long millis) {
    return Math.max(MIN_SHARES, millis * SHARES_PER_CPU / MILLIS);
  }

  /**
   * Makes sure that a limit leaves a running container what it uses.
   *
   * @throws ContainerException when it does not
   */
  static void requireRoom(String container, Resources limits, long usedBytes) {
    if (limits.memoryBytes() > 0 && limits.memoryBytes() < usedBytes) {
      throw new ContainerException(
          "attempting to set container \"%s\" memory limit (%d) below current usage (%d)"
              .formatted(container, limits.memoryBytes(), usedBytes));
    }
  }

  /**
   * Rather those that asked for nothing than those that keep to what they asked for; in between,
   * the less of the node's memory a container asked for, the rather it is killed.
   */
  private static int adjustment(Tree podSpec, Tree container, Quantity memoryOfNode) {
    if (podSpec.number(0, "priority") >= CRITICAL_PRIORITY) {
      return GUARANTEED;
    }
    return switch (QosClass.of(podSpec)) {
      case "Guaranteed" -> GUARANTEED;
      case "BestEffort" -> BEST_EFFORT;
      default -> burstable(amount(container, "requests", "memory"), memoryOfNode);
    };
  }

  private static int burstable(Quantity request, Quantity memoryOfNode) {
    if (memoryOfNode.signum() <= 0) {
      return BEST_EFFORT - 1;
    }
    BigDecimal part =
        request
            .number()
            .multiply(BigDecimal.valueOf(BEST_EFFORT))
            .divide(memoryOfNode.number(), 0, RoundingMode.DOWN);
    int adjustment = BEST_EFFORT - part.intValue();
    return Math.max(BEST_EFFORT + GUARANTEED, Math.min(BEST_EFFORT - 1, adjustment));
  }

  private static Quantity amount(Tree container, String part, String resource) {
    return Quantity.of(container.at("resources", part, resource));
  }
}
