package io.kuber.scheduler;

import io.kuber.scheduler.plugin.ImageLocality;
import io.kuber.scheduler.plugin.InterPodAffinity;
import io.kuber.scheduler.plugin.NodeAffinity;
import io.kuber.scheduler.plugin.NodeName;
import io.kuber.scheduler.plugin.NodePorts;
import io.kuber.scheduler.plugin.NodeResourcesBalancedAllocation;
import io.kuber.scheduler.plugin.NodeResourcesFit;
import io.kuber.scheduler.plugin.NodeUnschedulable;
import io.kuber.scheduler.plugin.NodeVolumeLimits;
import io.kuber.scheduler.plugin.PodTopologySpread;
import io.kuber.scheduler.plugin.ScoringStrategy;
import io.kuber.scheduler.plugin.TaintToleration;
import io.kuber.scheduler.plugin.VolumeBinding;
import io.kuber.scheduler.plugin.VolumeRestrictions;
import io.kuber.scheduler.plugin.VolumeZone;
import java.util.List;

/** The rules of the scheduler {@code default-scheduler}, in the order in which they are asked. */
public final class DefaultProfile {
  /** The scheduler of pods that name none. */
  public static final String NAME = "default-scheduler";

  private DefaultProfile() {}

  /** The rules of {@link #NAME}: nodes fill evenly. */
  public static Profile profile() {
    return of(NAME, new ScoringStrategy.LeastAllocated(ScoringStrategy.CPU_AND_MEMORY));
  }

  /** The same rules under another name, with another strategy of filling nodes. */
  public static Profile of(String name, ScoringStrategy strategy) {
    TaintToleration taints = new TaintToleration();
    NodeAffinity affinity = new NodeAffinity();
    NodeResourcesFit fit = new NodeResourcesFit(strategy);
    PodTopologySpread spread = new PodTopologySpread();
    InterPodAffinity neighbours = new InterPodAffinity();
    return new Profile(
        name,
        List.of(
            new NodeUnschedulable(),
            new NodeName(),
            taints,
            affinity,
            new NodePorts(),
            fit,
            new VolumeRestrictions(),
            new NodeVolumeLimits(),
            new VolumeBinding(),
            new VolumeZone(),
            spread,
            neighbours),
        List.of(
            taints,
            affinity,
            fit,
            new NodeResourcesBalancedAllocation(),
            spread,
            neighbours,
            new ImageLocality()));
  }
}
