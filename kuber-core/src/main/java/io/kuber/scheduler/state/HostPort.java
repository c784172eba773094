package io.kuber.scheduler.state;

/** A port of the node itself that a pod takes. */
public record HostPort(String protocol, String ip, long port) {
  private static final String ANY = "0.0.0.0";

  /** Whether both cannot be had at once. */
  public boolean collidesWith(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
  }
}
