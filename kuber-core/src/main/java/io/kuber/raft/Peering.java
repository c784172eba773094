package io.kuber.raft;

import com.google.common.net.HostAndPort;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a server meets its peers. A store without it is alone and has no listener.
 *
 * @param name what people call the server; unique among the members
 * @param peerAddress {@code host:port} under which the peers reach this server, and on which it
 *     listens
 * @param clientAddress {@code host:port} of its API, for people and for peers that show it
 * @param trust the keys of this server and the authority of all
 * @param joins the cluster that an empty directory is to become a member of; null when it begins
 *     one of its own. A directory that has a log already goes on with that, whatever stands here
 * @param known members of that cluster, so that the newcomer can reach them whatever addresses the
 *     log had for them once
 */
public record Peering(
    String name,
    String peerAddress,
    String clientAddress,
    PeerTrust trust,
    @Nullable UUID joins,
    List<Member> known) {
  /** Checks name and addresses. */
  public Peering {
    if (!HostAndPort.fromString(peerAddress).hasPort()) {
      throw new IllegalArgumentException("no port in the address for peers: " + peerAddress);
    }
    Member.checkName(name);
    known = List.copyOf(known);
  }

  /** A server that begins a cluster, or goes on with the one in its directory. */
  public static Peering of(String name, String peerAddress, String clientAddress, PeerTrust trust) {
    return new Peering(name, peerAddress, clientAddress, trust, null, List.of());
  }

  /** The same server, with an empty directory that is to become a member of {@code group}. */
  public Peering joining(UUID group) {
    return joining(group, List.of());
  }

  /**
   * The same server, with an empty directory that is to become a member of {@code group}, whose
   * members are {@code known} ({@link Members#group}, {@link Members#list}).
   */
  public Peering joining(UUID group, List<Member> known) {
    return new Peering(name, peerAddress, clientAddress, trust, group, known);
  }

  HostAndPort listens() {
    return HostAndPort.fromString(peerAddress);
  }
}
