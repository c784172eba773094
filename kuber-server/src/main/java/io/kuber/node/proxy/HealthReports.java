package io.kuber.node.proxy;

import java.util.List;

/** Takes what a node can tell balancers. */
public interface HealthReports {
  /** For those whom nobody asks. */
  HealthReports NONE = (checks, healthy) -> {};

  /**
   * What there is to tell from now on.
   *
   * @param healthy whether the node serves what it should
   */
  void report(List<HealthCheck> checks, boolean healthy);
}
