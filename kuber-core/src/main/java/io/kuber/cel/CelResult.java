package io.kuber.cel;

/** What became of an evaluation. */
public sealed interface CelResult {
  /** What it cost. */
  long cost();

  /**
   * It came to a value.
   *
   * @param value as {@code io.kuber.cel.value} lists them
   * @param cost what it cost
   */
  record Value(Object value, long cost) implements CelResult {}

  /**
   * It failed.
   *
   * @param message in the words of cel-go, such as {@code no such key: x}
   * @param cost what it cost
   */
  record Failed(String message, long cost) implements CelResult {}

  /**
   * It cost too much and was ended.
   *
   * @param cost when it was ended
   */
  record OverBudget(long cost) implements CelResult {}

  /** Whether the value is {@code true}. */
  default boolean isTrue() {
    return this instanceof Value value && Boolean.TRUE.equals(value.value());
  }
}
