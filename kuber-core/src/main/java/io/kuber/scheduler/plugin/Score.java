package io.kuber.scheduler.plugin;

/** Rates the nodes that can take a pod. */
public interface Score {
  /** The best rating after {@link #normalize}. */
  long MAX = 100;

  /** How much this rating counts beside the others. */
  long weight();

  /** The rating of one node, higher is better. */
  long score(PodDemand pod, NodeState node);

  /** Brings the ratings of all nodes into 0 to {@link #MAX}, where they are not. */
  default void normalize(long[] scores) {}

  /** Stretches ratings so that the largest becomes {@link #MAX}. */
  static void stretch(long[] scores, boolean lowIsGood) {
    long largest = 0;
    for (long score : scores) {
      largest = Math.max(largest, score);
    }
    for (int i = 0; i < scores.length; i++) {
      long share = largest == 0 ? 0 : scores[i] * MAX / largest;
      scores[i] = lowIsGood ? MAX - share : share;
    }
  }
}
