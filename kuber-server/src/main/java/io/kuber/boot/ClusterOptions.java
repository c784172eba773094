package io.kuber.boot;

import io.kuber.controller.servicelb.BalancerPool;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the owner of a cluster chooses.
 *
 * @param dataDir where everything that lasts is kept
 * @param port of the API server; 0 picks a free one
 * @param nodeName of the node in this process
 * @param server where it stands among others; empty for one that is alone and has no peers
 * @param logins who may come in
 * @param balancers the addresses for services of type LoadBalancer, which wait without any
 * @param crowd how many requests it serves at the same time
 * @param audit what is told of requests
 * @param encryption an {@code EncryptionConfiguration} that decides what is encrypted on the disk
 *     and how; without one those are Secrets, with a key that the cluster makes
 * @param network the names and addresses that it gives; the same on all servers
 */
public record ClusterOptions(
    Path dataDir,
    int port,
    String nodeName,
    Optional<ServerPlace> server,
    LoginOptions logins,
    BalancerPool balancers,
    CrowdOptions crowd,
    AuditOptions audit,
    Optional<Path> encryption,
    ClusterNetwork network) {
  /** The port on which clients look for an API server. */
  public static final int DEFAULT_PORT = 6443;

  /** Checks the port. */
  public ClusterOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("--port: " + port + " is not between 0 and 65535");
    }
    if (port == 0 && server.isPresent()) {
      throw new IllegalArgumentException(
          "--port: a server that others are to find again needs a port of its own, not 0");
    }
  }

  /** A cluster of this process alone. */
  public ClusterOptions(Path dataDir, int port, String nodeName) {
    this(dataDir, port, nodeName, Optional.empty());
  }

  /** One for those whom every cluster lets in, without addresses for balancers. */
  public ClusterOptions(Path dataDir, int port, String nodeName, Optional<ServerPlace> server) {
    this(
        dataDir,
        port,
        nodeName,
        server,
        LoginOptions.STANDARD,
        BalancerPool.NONE,
        CrowdOptions.STANDARD,
        AuditOptions.NONE,
        Optional.empty(),
        ClusterNetwork.STANDARD);
  }

  /** The same for others. */
  public ClusterOptions with(LoginOptions others) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, others, balancers, crowd, audit, encryption, network);
  }

  /** The same with addresses for services of type LoadBalancer. */
  public ClusterOptions with(BalancerPool addresses) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, logins, addresses, crowd, audit, encryption, network);
  }

  /** The same for another number of requests at the same time. */
  public ClusterOptions with(CrowdOptions other) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, logins, balancers, other, audit, encryption, network);
  }

  /** The same with an audit. */
  public ClusterOptions with(AuditOptions told) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, logins, balancers, crowd, told, encryption, network);
  }

  /** The same with a file that decides what is encrypted on the disk, if there is one. */
  public ClusterOptions withEncryption(Optional<Path> file) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, logins, balancers, crowd, audit, file, network);
  }

  /** The same with other names and addresses. */
  public ClusterOptions with(ClusterNetwork other) {
    return new ClusterOptions(
        dataDir, port, nodeName, server, logins, balancers, crowd, audit, encryption, other);
  }

  Path store() {
    return dataDir.resolve("store");
  }

  Path pki() {
    return dataDir.resolve("pki");
  }
}
