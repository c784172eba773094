package io.kuber.raft;

/** A change of the members was refused for good: asking again does not help. */
public final class MembershipException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What is wrong with the change. */
  public enum Reason {
    /** It names a server that is not a member. */
    UNKNOWN_SERVER,
    /** It does not go with the members that there are. */
    CONFLICT
  }

  MembershipException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
