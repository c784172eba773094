package io.kuber.scheduler;

import io.kuber.scheduler.plugin.BalancedAllocation;
import io.kuber.scheduler.plugin.Filter;
import io.kuber.scheduler.plugin.KnownRules;
import io.kuber.scheduler.plugin.NodeAffinity;
import io.kuber.scheduler.plugin.NodeName;
import io.kuber.scheduler.plugin.NodePorts;
import io.kuber.scheduler.plugin.NodeResourcesFit;
import io.kuber.scheduler.plugin.NodeUnschedulable;
import io.kuber.scheduler.plugin.Score;
import io.kuber.scheduler.plugin.TaintToleration;
import java.util.List;

/** The rules of the scheduler {@code default-scheduler}, in the order in which they are asked. */
final class DefaultProfile {
  static final String NAME = "default-scheduler";

  private static final TaintToleration TAINTS = new TaintToleration();
  private static final NodeAffinity AFFINITY = new NodeAffinity();
  private static final NodeResourcesFit FIT = new NodeResourcesFit();

  static final List<Filter> FILTERS =
      List.of(
          new KnownRules(),
          new NodeUnschedulable(),
          new NodeName(),
          TAINTS,
          AFFINITY,
          new NodePorts(),
          FIT);

  static final List<Score> SCORES = List.of(TAINTS, AFFINITY, FIT, new BalancedAllocation());

  private DefaultProfile() {}
}
