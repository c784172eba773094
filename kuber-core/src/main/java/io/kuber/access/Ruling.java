package io.kuber.access;

/**
 * Whether somebody may do something.
 *
 * @param allowed whether they may; what nobody allows is refused
 * @param reason for people who wonder; empty when there is nothing to say
 */
public record Ruling(boolean allowed, String reason) {
  /** They may, and there is nothing to say. */
  public static final Ruling ALLOWED = new Ruling(true, "");

  /** Nothing says that they may. */
  public static final Ruling REFUSED = new Ruling(false, "");

  /** They may. */
  public static Ruling allow(String reason) {
    return new Ruling(true, reason);
  }

  /** Nothing says that they may. */
  public static Ruling refuse(String reason) {
    return new Ruling(false, reason);
  }

  /** A refusal for the reasons of both. */
  Ruling or(Ruling other) {
    return other.reason.isEmpty() ? this : refuse(reason + "\n" + other.reason);
  }
}
