package io.kuber.testkit.scenario;

/**
 * Some nodes, chosen by the seed.
 *
 * @param count how many; zero for all
 * @param pool of that pool; empty for any
 * @param zone in that zone; empty for any
 */
public record NodeChoice(int count, String pool, String zone) {
  @Override
  public String toString() {
    String many = count == 0 ? "all nodes" : count == 1 ? "1 node" : "%,d nodes".formatted(count);
    return many
        + (pool.isEmpty() ? "" : " of " + pool)
        + (zone.isEmpty() ? "" : " in zone " + zone);
  }
}
