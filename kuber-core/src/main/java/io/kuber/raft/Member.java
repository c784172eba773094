package io.kuber.raft;

/**
 * A server of the cluster, as all of them know it from the log.
 *
 * @param id drawn when its directory was made; a server that lost its data comes back with another
 * @param name what people call it
 * @param peerAddress {@code host:port} for peers; empty for a server that is alone
 * @param clientAddress {@code host:port} of its API; empty when it has none
 */
public record Member(String id, String name, String peerAddress, String clientAddress) {
  private static final String NAME_PATTERN = "[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?";

  /** Checks the name. */
  public Member {
    checkName(name);
  }

  static void checkName(String name) {
    if (!name.matches(NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "the name of a server is letters, digits, dots and dashes, at most 63: " + name);
    }
  }

  @Override
  public String toString() {
    return peerAddress.isEmpty() ? name : name + " (" + peerAddress + ")";
  }
}
