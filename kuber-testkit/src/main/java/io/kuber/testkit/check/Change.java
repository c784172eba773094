package io.kuber.testkit.check;

/**
 * A change of the store, as it was applied.
 *
 * @param revision that the change made; every change makes one of its own
 * @param value the new value; of a deletion the last one, as far as it is known
 */
public record Change(long revision, String key, boolean deleted, String value) {
  @Override
  public String toString() {
    return revision + " " + key + (deleted ? " deleted" : " \"" + value + "\"");
  }
}
