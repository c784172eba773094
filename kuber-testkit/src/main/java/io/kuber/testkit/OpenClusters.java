package io.kuber.testkit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The clusters of this process that are not closed, so that one that somebody forgot can be named.
 * For any thread.
 */
public final class OpenClusters {
  /** Each has a dozen threads; nobody needs so many at once, but a leak gets there. */
  static final int MAX = 128;

  private static final Set<TestCluster> OPEN = ConcurrentHashMap.newKeySet();

  private OpenClusters() {}

  /** Where the caller is, who may start one more cluster. */
  static Origin admit() {
    if (OPEN.size() >= MAX) {
      throw new IllegalStateException(
          OPEN.stream()
              .map(cluster -> cluster.origin().toString())
              .distinct()
              .sorted()
              .collect(
                  Collectors.joining(
                      ", ", MAX + " clusters are open; close those that were started at ", "")));
    }
    return Origin.here();
  }

  static void add(TestCluster cluster) {
    OPEN.add(cluster);
  }

  static void remove(TestCluster cluster) {
    OPEN.remove(cluster);
  }

  /** Those that were started by a caller like this. */
  public static List<TestCluster> startedBy(Predicate<Origin> caller) {
    return OPEN.stream().filter(cluster -> caller.test(cluster.origin())).toList();
  }
}
