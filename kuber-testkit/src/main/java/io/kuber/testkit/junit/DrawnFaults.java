package io.kuber.testkit.junit;

/** Stands beside the failure of a test in which faults were drawn: the seed that replays them. */
final class DrawnFaults extends RuntimeException {
  private static final long serialVersionUID = 1;

  DrawnFaults(long seed) {
    super(
        "faults were drawn from seed %d; @KuberTest(seed = %d) draws the same"
            .formatted(seed, seed),
        null,
        false,
        false);
  }
}
