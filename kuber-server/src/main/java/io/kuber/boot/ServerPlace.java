package io.kuber.boot;

import io.kuber.server.join.JoinToken;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a server stands that has peers, or may get some.
 *
 * @param name what people call it; unique in the cluster
 * @param address the IPv4 address under which other machines reach this one
 * @param peerPort on which it talks with the other servers
 * @param join whom to ask to be let in; empty for a server that begins a cluster, or goes on with
 *     the one in its directory
 */
public record ServerPlace(String name, String address, int peerPort, Optional<Join> join) {
  /** The port on which servers talk with each other. */
  public static final int DEFAULT_PEER_PORT = 7443;

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,61}[a-z0-9])?");
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

  /** Checks all of it; messages name the option that is wrong. */
  public ServerPlace {
    checkName(name);
    checkAddress(address);
    if (peerPort < 1 || peerPort > 65535) {
      throw new IllegalArgumentException(
          "--peer-port: " + peerPort + " is not between 1 and 65535");
    }
  }

  /** Refuses what no server or node can be called. */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--name: " + name + " is not of small letters, digits, dots and dashes, at most 63");
    }
  }

  /** Refuses what is no address of a machine. */
  static void checkAddress(String address) {
    if (!IPV4.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "--address: "
              + address
              + " is no IPv4 address; give the one at which other machines reach this one");
    }
  }

  /** {@code host:port} for the other servers. */
  String peerAddress() {
    return address + ":" + peerPort;
  }

  /** Whom to ask, and what to show. */
  public record Join(URI server, JoinToken token) {
    /** Checks the form of the address. */
    public Join {
      if (!"https".equals(server.getScheme()) || server.getHost() == null) {
        throw new IllegalArgumentException(
            "--join: " + server + " is not of the form https://HOST:6443");
      }
    }
  }
}
