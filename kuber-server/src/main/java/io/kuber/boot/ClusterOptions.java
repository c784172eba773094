package io.kuber.boot;

import java.nio.file.Path;

/**
 * What the owner of a cluster chooses.
 *
 * @param dataDir where everything that lasts is kept
 * @param port of the API server; 0 picks a free one
 * @param nodeName of the node in this process
 */
public record ClusterOptions(Path dataDir, int port, String nodeName) {
  /** The port on which clients look for an API server. */
  public static final int DEFAULT_PORT = 6443;

  /** Checks the port. */
  public ClusterOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("--port: " + port + " is not between 0 and 65535");
    }
  }
}
