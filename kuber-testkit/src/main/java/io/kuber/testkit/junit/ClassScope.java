package io.kuber.testkit.junit;

import io.kuber.testkit.Snapshot;
import io.kuber.testkit.TestCluster;
import io.kuber.testkit.TestClusterOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test class: its cluster, started when first asked for, and what that is set back to after each
 * of its methods.
 *
 * <p>Methods may ask from several threads when they run beside each other.
 */
final class ClassScope implements AutoCloseable {
  private final Between between;
  private final TestClusterOptions options;
  private final @Nullable ClassScope outer;
  private final Handouts handouts = new Handouts();
  private @Nullable TestCluster own;
  private @Nullable Snapshot baseline;

  private ClassScope(Between between, TestClusterOptions options, @Nullable ClassScope outer) {
    this.between = between;
    this.options = options;
    this.outer = outer;
  }

  /** A class with a cluster of its own. */
  static ClassScope of(Class<?> type, KuberTest wish) throws Exception {
    return new ClassScope(wish.between(), Options.of(type, wish), null);
  }

  /** A nested class, which shares the cluster of its outer class, and begins as its methods do. */
  static ClassScope within(ClassScope outer) throws Exception {
    if (outer.between() == Between.RESET) {
      outer.baseline();
    }
    return new ClassScope(outer.between, outer.options, outer);
  }

  Between between() {
    return between;
  }

  Handouts handouts() {
    return handouts;
  }

  /** A further cluster as this class wishes it. */
  TestCluster start() throws Exception {
    return TestCluster.start(options);
  }

  /** The cluster that all methods share. */
  synchronized TestCluster cluster() throws Exception {
    if (outer != null) {
      return outer.cluster();
    }
    if (own == null) {
      own = start();
    }
    return own;
  }

  /** What each method begins with: whatever there is when the first one begins. */
  synchronized Snapshot baseline() throws Exception {
    if (baseline == null) {
      baseline = cluster().snapshot();
    }
    return baseline;
  }

  /** A further cluster with what each method begins with. */
  TestCluster fork() throws Exception {
    return TestCluster.start(options.from(baseline()));
  }

  @Override
  public synchronized void close() {
    Closing.all(List.<AutoCloseable>of(handouts, this::leave));
  }

  private void leave() throws Exception {
    if (own != null) {
      own.close();
    } else if (outer != null && between() == Between.RESET) {
      outer.cluster().restore(outer.baseline());
    }
  }
}
