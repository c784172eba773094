package io.kuber.boot;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the owner of a cluster chooses.
 *
 * @param dataDir where everything that lasts is kept
 * @param port of the API server; 0 picks a free one
 * @param nodeName of the node in this process
 * @param server where it stands among others; empty for one that is alone and has no peers
 */
public record ClusterOptions(
    Path dataDir, int port, String nodeName, Optional<ServerPlace> server) {
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

  Path store() {
    return dataDir.resolve("store");
  }

  Path pki() {
    return dataDir.resolve("pki");
  }
}
