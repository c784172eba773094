package io.kuber.boot;

import io.kuber.access.Access;
import io.kuber.access.User;
import io.kuber.api.NodeGateway;
import io.kuber.api.NodeReading;
import io.kuber.api.Traffic;
import io.kuber.client.Client;
import io.kuber.http.Handler;
import io.kuber.loop.Loops;
import io.kuber.server.trust.ClusterTrust;
import io.kuber.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The half of a cluster that runs pods: this machine, or nodes that only pretend. */
public interface NodeHalf {
  /**
   * Makes sure that the half can start at all, before anything else does.
   *
   * @throws StartException when something is missing
   */
  void check() throws StartException;

  /**
   * The address at which its nodes and pods reach the server; the server finds one where there is
   * none.
   */
  default Optional<String> serverAddress() {
    return Optional.empty();
  }

  /** Starts it; everything it needs of the server half is in {@code cluster}. */
  RunningNodes start(ServerHalf cluster, Progress progress) throws Exception;

  /**
   * What the server half offers.
   *
   * @param clients of the API, for whoever the parts of a node act as
   * @param traffic what the API has done so far
   * @param dataDir where everything that lasts is kept
   * @param domain below which names of Services are
   * @param entrance with which a node can be asked over the network
   */
  record ServerHalf(
      Clients clients,
      Store store,
      Traffic traffic,
      Loops loops,
      Path dataDir,
      String nodeName,
      ClusterDomain domain,
      Optional<Entrance> entrance) {
    /** One in the usual domain whose nodes cannot be asked over the network. */
    public ServerHalf(
        Clients clients, Store store, Traffic traffic, Loops loops, Path dataDir, String nodeName) {
      this(
          clients,
          store,
          traffic,
          loops,
          dataDir,
          nodeName,
          ClusterDomain.STANDARD,
          Optional.empty());
    }

    ServerHalf with(ClusterDomain other, Entrance into) {
      return new ServerHalf(
          clients, store, traffic, loops, dataDir, nodeName, other, Optional.of(into));
    }
  }

  /**
   * What a node needs to answer requests of its own.
   *
   * @param access knows who asks, and what they may do
   * @param trust makes the node's certificate, and knows whose certificates count
   * @param port where to listen; another one if that is taken
   * @param care keeps that certificate young
   */
  record Entrance(Access access, ClusterTrust trust, int port, CertificateCare care) {
    /** The kubelet's port. */
    public static final int PORT = 10250;
  }

  /** Makes clients. */
  @FunctionalInterface
  interface Clients {
    /** One that acts with the rights of the user; its fields are owned by {@code manager}. */
    Client of(User user, String manager);
  }

  /** Nodes at work. */
  interface RunningNodes extends AutoCloseable {
    /** How streams reach their pods. */
    NodeGateway gateway();

    /** What they and their pods used of late; none where nothing is measured. */
    default List<NodeReading> readings() {
      return List.of();
    }

    /** What answers for the node of that name, to requests that were let through. */
    default Optional<Handler> endpoint(String node) {
      return Optional.empty();
    }

    /** Whether a node is one of them; nodes that pretend share their cluster with nobody. */
    default boolean has(String node) {
      return true;
    }

    /** Stops all pods and takes back everything done to the machine. */
    @Override
    void close();
  }
}
