package io.kuber.node.proxy;

/** The transport protocols of services, with their numbers in IP. */
public enum Protocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
