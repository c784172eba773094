package io.kuber.testkit.junit;

import io.kuber.testkit.Snapshot;
import io.kuber.testkit.TestCluster;
import java.util.List;

/** A test method under way, and its cluster. Owned by the thread that runs it. */
final class MethodScope implements AutoCloseable {
  private final TestCluster cluster;
  private final AutoCloseable end;
  private final Handouts handouts = new Handouts();
  private final Story story;

  private MethodScope(TestCluster cluster, AutoCloseable end) {
    this.cluster = cluster;
    this.end = end;
    this.story = Story.begin(cluster.history());
  }

  /**
   * Begins a method.
   *
   * @param beside whether others of the class may run at the same time
   */
  static MethodScope begin(ClassScope scope, boolean beside) throws Exception {
    return switch (scope.between()) {
      case KEEP -> new MethodScope(scope.cluster(), () -> {});
      case NEW -> owning(scope.start());
      case RESET -> beside ? owning(scope.fork()) : setBack(scope);
    };
  }

  private static MethodScope owning(TestCluster cluster) {
    return new MethodScope(cluster, cluster);
  }

  private static MethodScope setBack(ClassScope scope) throws Exception {
    Snapshot baseline = scope.baseline();
    TestCluster cluster = scope.cluster();
    return new MethodScope(cluster, () -> cluster.restore(baseline));
  }

  TestCluster cluster() {
    return cluster;
  }

  /** What has happened since the method began. */
  Story story() {
    return story;
  }

  Handouts handouts() {
    return handouts;
  }

  /** Closes what was handed out, then leaves the cluster as the next method wants it. */
  @Override
  public void close() {
    Closing.all(List.<AutoCloseable>of(handouts, end));
  }
}
