package io.kuber.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a node is told when it starts.
 *
 * @param name of the node object
 * @param hostIp the address under which the node is known to the cluster
 * @param directory where pods' files and logs are kept
 * @param podCidr the addresses of its pods, such as {@code 10.244.0.0/24}
 * @param clusterDns the address of the cluster's name server, if there is one
 * @param clusterDomain the domain below which names of Services are found
 * @param version as it stands in the node's status
 * @param capacity {@code cpu}, {@code memory}, {@code pods}, ... as quantities
 * @param manifests where people put files that declare pods of the node's own
 */
public record NodeConfig(
    String name,
    String hostIp,
    Path directory,
    String podCidr,
    Optional<String> clusterDns,
    String clusterDomain,
    String version,
    Map<String, String> capacity,
    Path manifests) {
  /** What this node says its version is. */
  public static final String VERSION = "v1.36.0+kuber";

  /** Copies the map. */
  public NodeConfig {
    capacity = Map.copyOf(capacity);
  }

  /** A node whose manifests are in the usual place below its directory. */
  public NodeConfig(
      String name,
      String hostIp,
      Path directory,
      String podCidr,
      Optional<String> clusterDns,
      String clusterDomain,
      String version,
      Map<String, String> capacity) {
    this(
        name,
        hostIp,
        directory,
        podCidr,
        clusterDns,
        clusterDomain,
        version,
        capacity,
        manifestsOf(directory));
  }

  /** Where manifests are of a node that was not told another directory. */
  public static Path manifestsOf(Path directory) {
    return directory.resolve("manifests");
  }

  /** Where profiles of system calls are that pods may name, for people to put them there. */
  Path seccompProfiles() {
    return directory.resolve("seccomp");
  }

  /** What of the capacity pods can have, as quantities. */
  Map<String, String> allocatable() {
    return Allocatable.of(capacity);
  }

  /** The machine's processors, memory, disk and places for pods, as quantities. */
  public static Map<String, String> capacityOfMachine(Path disk) throws IOException {
    return HostFacts.capacity(disk);
  }
}
