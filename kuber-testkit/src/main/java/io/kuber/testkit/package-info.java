/**
 * Whole clusters inside a test: started in milliseconds, set back, kept, forked, and led by hand.
 *
 * <p>Outside the flow: {@link io.kuber.testkit.TestCluster}, where to start, is a {@link
 * io.kuber.boot.Kuber} in memory with simulated nodes, and what tests need of it. Everything a
 * client sees is the product itself: API server, admission, controllers, scheduler.
 *
 * <p>Owner threads: those of the cluster; everything public here is for any thread.
 *
 * <p><b>Invariants:</b> nothing outside a cluster is read or written, in particular no {@code
 * ~/.kube/config} (a kubeconfig goes into a directory of its own, gone when the cluster closes);
 * clusters share nothing that changes, so tests may run beside each other.
 */
@NullMarked
package io.kuber.testkit;

import org.jspecify.annotations.NullMarked;
