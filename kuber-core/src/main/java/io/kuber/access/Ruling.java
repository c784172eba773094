package io.kuber.access;

/**
 * Whether somebody may do something.
 *
 * @param allowed whether they may; what nobody allows is refused
 * @param reason for people who wonder; empty when there is nothing to say
 */
public record Ruling(boolean allowed, String reason) {
  /** They may. */
  public static Ruling allow(String reason) {
    return new Ruling(true, reason);
  }

  /** Nothing says that they may. */
  public static Ruling refuse(String reason) {
    return new Ruling(false, reason);
  }
}
