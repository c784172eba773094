package io.kuber.testkit.node.script;

/** What listens on a port of a pod. */
public sealed interface PodPort {
  /** A script in this JVM. */
  record Scripted(PortScript script) implements PodPort {}

  /**
   * A server of this machine.
   *
   * @param port on the loopback address
   */
  record Local(int port) implements PodPort {}
}
