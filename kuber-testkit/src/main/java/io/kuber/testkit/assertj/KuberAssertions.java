package io.kuber.testkit.assertj;

import io.kuber.testkit.history.ObservedCluster;

/**
 * Where assertions on clusters begin. Goes together with a static import of AssertJ's own {@code
 * assertThat}.
 *
 * <pre>{@code
 * assertThat(cluster).deployment("web").eventually().hasReadyReplicas(3);
 * assertThat(cluster).in("shop").pod("till").isOn("node-1").isReady();
 * }</pre>
 */
public final class KuberAssertions {
  private KuberAssertions() {}

  /** Assertions on a cluster, be it on the real clock or on a virtual one. */
  public static ClusterAssert assertThat(ObservedCluster cluster) {
    return new ClusterAssert(cluster);
  }
}
