package io.kuber.node.network;

/** The transport protocols that Kubernetes knows ports of, with their numbers in IP. */
public enum Protocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** The protocol as the API writes it; what says nothing, or nothing known, is TCP. */
  public static Protocol named(String text) {
    return switch (text) {
      case "UDP" -> UDP;
      case "SCTP" -> SCTP;
      default -> TCP;
    };
  }

  /** Its number in IP's header. */
  public int number() {
    return number;
  }
}
